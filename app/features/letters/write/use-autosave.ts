import { type FormEvent, type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { isPhotoField } from './draft-form.ts';
import { useLeaveGuard } from './use-leave-guard.ts';

export type SaveState =
  | { state: 'idle' }
  | { state: 'saving' }
  /** `photosWait`: the user has chosen photos that only a button saves. */
  | { state: 'saved'; photosWait: boolean }
  | { state: 'failed'; message: string };

export interface AutosaveAnswer {
  version: number;
  problem: string | null;
}

/** Milliseconds after the last keystroke. */
const pause = 1000;
const textFields = [
  ...['letterId', 'version', 'inReplyTo', 'to', 'title', 'body'],
  ...['stampIdea', 'paper', 'ink', 'face', 'arrival', 'arrivalDate', 'stamp'],
];

export interface Saver {
  read(form: HTMLFormElement): FormData;
  /** Rejects when offline. */
  save(words: FormData): Promise<AutosaveAnswer>;
}

/** Picks the text of the form. Photos are stored when the user saves or sends. */
function wordsOf(all: FormData): FormData {
  const words = new FormData();
  for (const [name, value] of all) {
    if (typeof value === 'string' && (textFields.includes(name) || isPhotoField(name)))
      words.append(name, value);
  }
  return words;
}

function hasChosenFiles(form: HTMLFormElement): boolean {
  return [...form.querySelectorAll<HTMLInputElement>('input[type=file]')].some(({ files }) => files?.length);
}

/** Tells whether the form is new and empty; it creates no draft then. */
function isBlank(fields: FormData): boolean {
  return fields.get('version') === '0' && !`${fields.get('title')}${fields.get('body')}`.trim();
}

/**
 * Saves the text of a form one second after the last keystroke, and when the page is left. Only one
 * save runs at a time, and submitting waits for it, because each save gives the draft a new
 * version. Text that came back with a `refusal` exists only in the form, so it is saved as well.
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
  /** True while something in the form is stored nowhere else. */
  const unsaved = useRef(false);
  const held = useRef<HTMLButtonElement | null>(null);
  const [pressed, setPressed] = useState<string | null>(null);
  /**
   * The draft's version after the last save. The field of a form that was left is no longer
   * updated.
   */
  const known = useRef<number | null>(null);
  const tellVersion = useRef(onVersion);
  useEffect(() => {
    tellVersion.current = onVersion;
  });

  const saveNow = useCallback(
    async (left: HTMLFormElement | null = null) => {
      clearTimeout(timer.current);
      if (underWay.current) await underWay.current;
      // Of a page that was left, only the element remains, with the text in it.
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

  /**
   * Holds a submit back while a save is running, then repeats it with the pressed button. Sending
   * wins over saving.
   */
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

  const hold = useCallback(async () => {
    clearTimeout(timer.current);
    dirty.current = false;
    unsaved.current = true;
    await underWay.current;
  }, []);

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
