import { type FormEvent, type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { isCaptionField } from './draft-form.ts';
import { useLeaveGuard } from './use-leave-guard.ts';

export type SaveState =
  | { state: 'idle' }
  | { state: 'saving' }
  /** `photosWait`: photos are chosen that only a button saves. */
  | { state: 'saved'; photosWait: boolean }
  | { state: 'failed'; message: string };

export interface AutosaveAnswer {
  version: number;
  problem: string | null;
}

/** Milliseconds after the last key. */
const pause = 1000;
const textFields = ['letterId', 'version', 'to', 'title', 'body', 'stampIdea'];

/** How a form is read, and its words saved. */
export interface Saver {
  read(form: HTMLFormElement): FormData;
  /** Rejects while the network is away. */
  save(words: FormData): Promise<AutosaveAnswer>;
}

/** The words of the form, without its photos: those are kept when the person saves or sends. */
function wordsOf(all: FormData): FormData {
  const words = new FormData();
  for (const [name, value] of all) {
    if (typeof value === 'string' && (textFields.includes(name) || isCaptionField(name)))
      words.append(name, value);
  }
  return words;
}

/** Photos that were chosen and are not kept yet. */
function hasChosenFiles(form: HTMLFormElement): boolean {
  return [...form.querySelectorAll<HTMLInputElement>('input[type=file]')].some(({ files }) => files?.length);
}

/** A fresh form that nobody has written in makes no draft. */
function isBlank(fields: FormData): boolean {
  return fields.get('version') === '0' && !`${fields.get('title')}${fields.get('body')}`.trim();
}

/**
 * Saves the words of a form after a pause of a second, and when the page is left. There is one save at a time, and
 * submitting the form waits for it, because each save gives the draft a new version. What a `refusal` sent back
 * exists only in the form, so it is saved as well.
 */
export function useAutosave(
  form: RefObject<HTMLFormElement | null>,
  onVersion: (version: number) => void,
  refusal: object | null,
  saver: Saver,
) {
  const [save, setSave] = useState<SaveState>({ state: 'idle' });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const underWay = useRef<Promise<void> | null>(null);
  const dirty = useRef(false);
  /** Something of the form is nowhere else, whatever kept it from being saved. */
  const unsaved = useRef(false);
  /** The button of a form that waits for the save under way. */
  const held = useRef<HTMLButtonElement | null>(null);
  const [pressed, setPressed] = useState<string | null>(null);
  /** The draft's version by the last save: the field of a form that was left is not updated any more. */
  const known = useRef<number | null>(null);
  const tellVersion = useRef(onVersion);
  useEffect(() => {
    tellVersion.current = onVersion;
  });

  const saveNow = useCallback(
    async (left: HTMLFormElement | null = null) => {
      clearTimeout(timer.current);
      if (underWay.current) await underWay.current;
      // Of a page that is left only the element remains, with the words in it.
      const words = form.current ?? left;
      if (!dirty.current || !words) return;
      dirty.current = false;
      const fields = wordsOf(saver.read(words));
      if (known.current !== null) fields.set('version', String(known.current));
      const stillUnsaved = () => dirty.current || hasChosenFiles(words);
      if (isBlank(fields)) {
        unsaved.current = stillUnsaved();
        return;
      }
      setSave({ state: 'saving' });
      underWay.current = saver
        .save(fields)
        .then((answer) => {
          if (answer.problem !== null) {
            setSave({ state: 'failed', message: answer.problem });
            return;
          }
          known.current = answer.version;
          tellVersion.current(answer.version);
          unsaved.current = stillUnsaved();
          setSave({ state: 'saved', photosWait: hasChosenFiles(words) });
        })
        .catch(() => {
          dirty.current = true;
          setSave({
            state: 'failed',
            message: 'Not saved yet. You’re offline; we’ll keep trying.',
          });
          timer.current = setTimeout(saveNow, 5 * pause, null);
        })
        .finally(() => {
          underWay.current = null;
        });
      await underWay.current;
    },
    [form, saver],
  );

  useEffect(() => {
    const element = form.current;
    const leave = () => {
      if (document.visibilityState === 'hidden') void saveNow();
    };
    document.addEventListener('visibilitychange', leave);
    return () => {
      document.removeEventListener('visibilitychange', leave);
      void saveNow(element);
    };
  }, [saveNow, form]);

  const onInput = useCallback(() => {
    dirty.current = true;
    unsaved.current = true;
    clearTimeout(timer.current);
    timer.current = setTimeout(saveNow, pause, null);
  }, [saveNow]);

  useEffect(() => {
    if (refusal) onInput();
  }, [refusal, onInput]);

  /** Holds a form back while a save is under way, then lets it go with the button that was pressed; sending comes first. */
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    clearTimeout(timer.current);
    dirty.current = false;
    const waitFor = underWay.current;
    if (!waitFor) {
      unsaved.current = false;
      return;
    }
    event.preventDefault();
    const target = event.currentTarget;
    const button = (event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement;
    const isFirst = held.current === null;
    if (held.current?.value !== 'send') held.current = button;
    setPressed(held.current?.value ?? null);
    if (!isFirst) return;
    void waitFor.then(() => {
      const last = held.current;
      held.current = null;
      setPressed(null);
      target.requestSubmit(last);
    });
  };

  /** Gives up a save that is still to come, and waits for the one under way: the form is about to be sent. */
  const hold = useCallback(async () => {
    clearTimeout(timer.current);
    dirty.current = false;
    unsaved.current = true;
    await underWay.current;
  }, []);

  /** The form was taken: nothing of it is only here any more. */
  const letGo = useCallback(() => {
    unsaved.current = false;
  }, []);

  const leaving = useLeaveGuard(
    unsaved,
    useCallback(async () => {
      dirty.current ||= unsaved.current;
      await saveNow();
    }, [saveNow]),
    save,
  );

  return { save, pressed, onInput, onSubmit, hold, letGo, leaving };
}
