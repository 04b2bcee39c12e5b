import { useNavigate } from '@remix-run/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { createPhotoDesk } from '#app/browser/photos/photo-desk.ts';
import { useOpenedPhotos } from '#app/browser/photos/use-opened-photos.ts';
import { ScriptIsOff } from '#app/modes/script-is-off.tsx';
import { explainFailure } from '#app/modes/use-sealing.ts';
import { ButtonRow } from '#app/ui/button.tsx';
import { FormProblem } from '#app/ui/form-problem.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { readSealedFields, SealedForm } from '#app/ui/sealed-fields.tsx';
import type { PhotoProgress, UploadedFiles } from './add-photos.ts';
import { draftPreviews } from './draft-previews.ts';
import type { Sheet } from './read-writing.server.ts';
import type { SealedDraft } from './sealed-draft.ts';
import type { SheetProblem as Problem } from './send-or-save.ts';
import { SheetFields } from './sheet-fields.tsx';
import { UnsavedWords } from './unsaved-words.tsx';
import { type Saver, useAutosave } from './use-autosave.ts';
import { useDraftAddress } from './use-draft-address.ts';
import type { FriendKeys } from './use-key-standings.ts';

interface SealedDeskProps {
  username: string;
  sheet: Sheet;
  draft: SealedDraft;
  friends: { username: string; displayName: string }[];
  friendKeys: FriendKeys;
  stampsOffered: boolean;
  /** The person has just pressed save. */
  saved: boolean;
}

const loadAutosave = () => import('./autosave.ts');
const loadReader = () => import('./read-sheet.ts');
const loadSender = () => import('./send-or-save.ts');
const sealers = [loadAutosave, loadReader, loadSender];

/** Where a letter is written in a sealed session: everything is sealed here before it leaves. */
export function SealedDesk({ sheet, draft, ...props }: SealedDeskProps) {
  const [current, setCurrent] = useState<{ sheet: Sheet; draft: SealedDraft; problem: Problem | null }>({
    sheet,
    draft,
    problem: null,
  });
  return (
    <SealedSheet
      {...props}
      key={`${current.sheet.id}.${photoSetOf(current.sheet)}`}
      {...current}
      saved={props.saved && current.sheet === sheet}
      onRefused={setCurrent}
    />
  );
}

/** The same in whatever order: a sheet whose photos were moved is still the one on the desk. */
function photoSetOf({ photos }: Sheet): string {
  return photos
    .map(({ photoId }) => photoId)
    .sort()
    .join();
}

interface SealedSheetProps extends SealedDeskProps {
  problem: Problem | null;
  onRefused(refused: { sheet: Sheet; draft: SealedDraft; problem: Problem | null }): void;
}

function SealedSheet({
  username,
  sheet,
  draft,
  problem,
  friends,
  friendKeys,
  stampsOffered,
  saved,
  onRefused,
}: SealedSheetProps) {
  const form = useRef<HTMLFormElement>(null);
  /** What the server has of this sheet; changed by every save. */
  const latest = useRef(draft);
  const uploaded = useRef<UploadedFiles>(new Map());
  const photoDesk = useMemo(createPhotoDesk, []);
  const [version, setVersion] = useState(draft.version);
  const [work, setWork] = useState<{ pressed: string; progress: PhotoProgress | null } | null>(null);
  /** Sending or saving, while it is under way; it stays once it is done, as the page is left then. */
  const working = useRef<Promise<boolean> | null>(null);
  /** The form as it was when sending was pressed while it was being saved. */
  const toSend = useRef<FormData | null>(null);
  const navigate = useNavigate();

  // What seals the words is at hand when the network is away.
  useEffect(() => {
    for (const load of sealers) void load().catch(() => {});
  }, []);

  const saver: Saver = useMemo(
    () => ({
      read: readSealedFields,
      save: async (fields) => {
        // Of a press that comes from here on, which waits for this save, nothing may be waited for.
        if (await working.current) return { version: latest.current.version, problem: null };
        const { autosave } = await loadAutosave();
        return autosave(username, latest.current, fields);
      },
    }),
    [username],
  );
  const { save, onInput, hold, letGo, leaving } = useAutosave(form, setVersion, problem, saver);
  useDraftAddress(sheet.id, version);

  /** True when the page is to be left. */
  const perform = async (fields: FormData): Promise<boolean> => {
    const [{ readSheet }, { sendOrSave }] = await Promise.all([loadReader(), loadSender(), hold()]);
    const typed = readSheet(fields);
    const outcome = await sendOrSave(latest.current, typed, {
      username,
      uploaded: uploaded.current,
      photoDesk,
      onProgress: (progress) => setWork((before) => ({ pressed: typed.intent, ...before, progress })),
    });
    if ('goTo' in outcome) {
      latest.current = outcome.draft;
      const next = toSend.current;
      toSend.current = null;
      if (next) return perform(next);
      letGo();
      navigate(outcome.goTo);
      return true;
    }
    const { captions: _, ...words } = typed.words;
    const { id, version: now, photos } = outcome.draft;
    latest.current = outcome.draft;
    setVersion(now);
    const refused = { ...sheet, ...words, id, version: now, photos };
    onRefused({ sheet: refused, draft: outcome.draft, problem: outcome.problem });
    return false;
  };

  const run = async (fields: FormData): Promise<void> => {
    setWork({ pressed: String(fields.get('intent')), progress: null });
    working.current = perform(fields).catch(async (error) => {
      // What stands in the form stays there.
      onRefused({ sheet, draft: latest.current, problem: await explainFailure(error) });
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
    // The save was over, and the page about to be left for the draft.
    void saving.then((left) => {
      if (left && toSend.current === fields) return run(fields);
    });
  };

  const sealedPreviews = useMemo(() => draftPreviews(draft), [draft]);
  const previews = useOpenedPhotos(sealedPreviews);
  return (
    <>
      <PageHeading title={titleOf(problem, sheet)} />
      <ScriptIsOff />
      {/* It stays: what goes away above a button moves the button from under the finger. */}
      {saved ? <Notice kind="success">Saved among your drafts. Go on, or come back later.</Notice> : null}
      <UnsavedWords leaving={leaving} save={save} />
      {problem?.loggedOut ? <LoggedOut problem={problem} /> : <FormProblem problem={problem} />}
      <SealedForm element={form} className="form writing" onInput={onInput} onSeal={onSeal}>
        <SheetFields
          sheet={sheet}
          version={version}
          photos={sheet.photos.map((photo) => {
            const at = sealedPreviews.findIndex(({ place }) => place.photo.photoId === photo.photoId);
            const preview = previews[at];
            return { ...photo, previewUrl: typeof preview === 'object' ? preview.url : null };
          })}
          friends={friends}
          friendKeys={friendKeys}
          stampsOffered={stampsOffered}
          wrong={problem?.fields ?? {}}
          pressed={work?.pressed}
          save={save}
        />
        {work?.progress ? <Progress progress={work.progress} onCancel={photoDesk.cancel} /> : null}
      </SealedForm>
    </>
  );
}

function titleOf(problem: Problem | null, sheet: Sheet): string {
  if (problem?.loggedOut) return 'You were logged out';
  return sheet.version > 0 ? 'Go on writing' : 'A new letter';
}

function LoggedOut({ problem }: { problem: Problem }) {
  return (
    <Notice kind="error" title="Nothing was sent, and nothing is lost" focusOn={problem}>
      <p>
        <a href="/login" target="_blank" rel="noreferrer">
          Log in on a new page
        </a>
        , then come back to this one and press the button again.
      </p>
    </Notice>
  );
}

const stages = {
  preparing: 'is made ready',
  sealing: 'is sealed',
  sending: 'goes up',
  waiting: 'waits: the network is away, and we try again',
} as const;
const order = ['preparing', 'sealing', 'sending', 'waiting'] as const;

function Progress({ progress, onCancel }: { progress: PhotoProgress; onCancel: () => void }) {
  const { n, count, stage } = progress;
  const done = n - 1 + Math.min(order.indexOf(stage), 2) / 3;
  return (
    <div className="photo-progress">
      <p role="status">
        Photo {n} of {count} {stages[stage]}…
      </p>
      <progress max={count} value={done} aria-label="Photos so far" />
      <ButtonRow>
        <button type="button" className="button button-quiet" onClick={onCancel}>
          Stop
        </button>
      </ButtonRow>
    </div>
  );
}
