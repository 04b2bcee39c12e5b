import { useNavigate } from '@remix-run/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { createPhotoWorker, PhotosCancelled } from '#app/browser/photos/photo-worker.ts';
import { useOpenedPhotos } from '#app/browser/photos/use-opened-photos.ts';
import type { FormProblem } from '#app/http/errors.server.ts';
import { ScriptIsOff } from '#app/modes/script-is-off.tsx';
import { explainFailure } from '#app/modes/use-sealing.ts';
import { readSealedFields, SealedForm } from '#app/ui/sealed-fields.tsx';
import { useMended } from '#app/ui/use-mended.ts';
import type { PhotoProgress as Progress } from '#core/drafts/add-photos.ts';
import { type EditedDraft, freshDraft } from '#core/drafts/edited-draft.ts';
import type { UploadedPhoto } from '#core/photos/upload-photo.ts';
import { pathAfter, shownAfter } from './after-submitting.ts';
import { DraftFields } from './draft-fields.tsx';
import type { ShownDraft } from './draft-form.ts';
import { draftPreviews } from './draft-previews.ts';
import { EditorFrame, type EditorProps } from './editor-frame.tsx';
import { PhotoProgress } from './photo-progress.tsx';
import { sendOnShortcut } from './send-on-shortcut.ts';
import { type Saver, useAutosave } from './use-autosave.ts';
import { useDraftAddress } from './use-draft-address.ts';

interface SealedEditorProps extends EditorProps {
  username: string;
  /** The server's version; null for a new draft. */
  edited: EditedDraft | null;
}

/** `loggedOut`: the user is logged out, or another user is logged in. */
type Problem = FormProblem & { loggedOut?: boolean };

interface Current {
  draft: ShownDraft;
  edited: EditedDraft;
  problem: Problem | null;
}

const loadSubmitter = () => import('./submit-sealed-form.ts');

/** The editor of a letter in a sealed session. Seals everything in the browser. */
export function SealedEditor({ draft, edited, ...props }: SealedEditorProps) {
  const [current, setCurrent] = useState<Current>({
    draft,
    edited: edited ?? freshDraft(draft.id),
    problem: null,
  });
  return (
    <Editor
      {...props}
      key={`${current.draft.id}.${photoSetOf(current.draft)}`}
      {...current}
      saved={props.saved && current.draft === draft}
      onRefused={setCurrent}
    />
  );
}

/** Identifies a draft's set of photos in any order: moving photos must not remount the editor. */
function photoSetOf({ photos }: ShownDraft): string {
  return photos
    .map(({ photoId }) => photoId)
    .sort()
    .join();
}

interface CurrentProps extends Omit<SealedEditorProps, 'draft' | 'edited'>, Current {
  onRefused(refused: Current): void;
}

function Editor(received: CurrentProps) {
  const { username, draft, edited, problem, saved, answered, onRefused, ...props } = received;
  const form = useRef<HTMLFormElement>(null);
  /** The server's version of this draft; every save updates it. */
  const latest = useRef(edited);
  const uploaded = useRef(new Map<File, UploadedPhoto>());
  const worker = useMemo(createPhotoWorker, []);
  const stopping = useRef(new AbortController());
  const [version, setVersion] = useState(edited.version);
  const [work, setWork] = useState<{ pressed: string; progress: Progress | null } | null>(null);
  /** The running send or save. It stays after success, because the page is left then. */
  const working = useRef<Promise<boolean> | null>(null);
  /** The form at the time the user pressed send during a save. */
  const toSend = useRef<FormData | null>(null);
  const navigate = useNavigate();

  // Load the sealing code now, so that it works offline.
  useEffect(() => {
    void loadSubmitter().catch(() => {});
  }, []);

  const saver: Saver = useMemo(
    () => ({
      read: readSealedFields,
      save: async (fields) => {
        // Don't wait for a later submit: it waits for this save.
        if (await working.current) return { version: latest.current.version, problem: null };
        const { autosaveSealedForm } = await loadSubmitter();
        return autosaveSealedForm(username, latest.current, fields);
      },
    }),
    [username],
  );
  const autosave = useAutosave(form, setVersion, problem, saver);
  const mended = useMended(problem);
  useDraftAddress(draft.id, version);

  const perform = async (fields: FormData): Promise<boolean> => {
    const [{ readSealedForm, submitSealedForm }] = await Promise.all([loadSubmitter(), autosave.hold()]);
    const typed = readSealedForm(fields);
    const { intent: pressed, words } = typed;
    stopping.current = new AbortController();
    const submitted = await submitSealedForm(username, latest.current, typed, {
      preparePhoto: worker.prepare,
      signal: stopping.current.signal,
      uploaded: uploaded.current,
      onProgress: (progress) => setWork((before) => ({ pressed, ...before, progress })),
    });
    latest.current = submitted.draft;
    if (submitted.outcome !== 'refused') {
      const next = toSend.current;
      toSend.current = null;
      if (next) return perform(next);
      autosave.letGo();
      navigate(pathAfter(submitted, words.to));
      return true;
    }
    setVersion(submitted.draft.version);
    const { message, fields: wrong, code } = submitted.refusal;
    onRefused({
      draft: { ...shownAfter(submitted.draft, words, draft.savedAt), photos: submitted.draft.photos },
      edited: submitted.draft,
      problem: { message, fields: wrong, loggedOut: code === 'unauthenticated' },
    });
    return false;
  };

  const run = async (fields: FormData): Promise<void> => {
    setWork({ pressed: String(fields.get('intent')), progress: null });
    working.current = perform(fields).catch(async (error) => {
      // Keep what is in the form.
      onRefused({ draft, edited: latest.current, problem: await explainFailure(error) });
      return false;
    });
    if (await working.current) return;
    toSend.current = null;
    working.current = null;
    setWork(null);
  };

  const onSeal = (fields: FormData) => {
    const saving = working.current;
    if (!saving) return run(fields);
    if (fields.get('intent') !== 'send' || work?.pressed !== 'save') return;
    toSend.current = fields;
    setWork({ pressed: 'send', progress: work.progress });
    // The save has finished, and the page was about to open the draft.
    void saving.then((left) => {
      if (left && toSend.current === fields) return run(fields);
    });
  };

  const stop = () => {
    stopping.current.abort(new PhotosCancelled('The photos were stopped.'));
    worker.cancel();
  };

  const sealedPreviews = useMemo(() => draftPreviews(edited), [edited]);
  const previews = useOpenedPhotos(sealedPreviews);
  return (
    <SealedForm
      element={form}
      className="writing"
      onInput={(event) => {
        autosave.onInput();
        mended.onInput(event);
      }}
      onKeyDown={sendOnShortcut}
      onSeal={onSeal}
    >
      <EditorFrame
        answered={answered}
        version={draft.version}
        saved={saved}
        problem={problem}
        wrong={mended.wrong}
        autosave={autosave}
      >
        <ScriptIsOff />
        <DraftFields
          {...props}
          draft={draft}
          version={version}
          photos={draft.photos.map((photo) => {
            const at = sealedPreviews.findIndex(({ place }) => place.photo.photoId === photo.photoId);
            const preview = previews[at];
            return { ...photo, previewUrl: typeof preview === 'object' ? preview.url : null };
          })}
          wrong={mended.wrong}
          pressed={work?.pressed}
          save={autosave.save}
        >
          {work?.progress ? <PhotoProgress progress={work.progress} onCancel={stop} /> : null}
        </DraftFields>
      </EditorFrame>
    </SealedForm>
  );
}
