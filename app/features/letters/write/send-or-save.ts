import { refusalOf } from '#app/browser/browser-api.ts';
import { InputRefused } from '#app/browser/check-input.ts';
import type { HeldKeys } from '#app/browser/keys/held-keys.ts';
import { type PhotoDesk, PhotoError, PhotosCancelled } from '#app/browser/photos/photo-desk.ts';
import type { FormProblem } from '#app/http/errors.server.ts';
import { keysOf } from '#app/modes/open-sealed.ts';
import { isOffline } from '#app/ui/is-offline.ts';
import { newId } from '#core/id.ts';
import { addPhotos, type PhotoProgress, type UploadedFiles } from './add-photos.ts';
import { freshDraft } from './desk-data.ts';
import type { SheetForm } from './read-sheet.ts';
import { type SealedDraft, saveSealed, sendSealed, settleSave, wasSent } from './sealed-draft.ts';

/** How a press of the button ended; `draft` is what the server has of the sheet now. With a problem the form keeps what was typed. */
export type Outcome = { draft: SealedDraft } & ({ goTo: string } | { problem: SheetProblem | null });

/** `loggedOut`: nobody is logged in here any more, or somebody else. */
export type SheetProblem = FormProblem & { loggedOut?: boolean };

interface Surroundings {
  username: string;
  uploaded: UploadedFiles;
  photoDesk: PhotoDesk;
  onProgress(progress: PhotoProgress): void;
}

const sheetUsed =
  'Another letter was sent from this sheet before, and it stays as it is. Your words are kept on a fresh sheet: press send once more.';
const offline = 'The network is away: nothing was sent, and nothing is lost. Try again when it is back.';
const loggedOut = 'You were logged out.';
const stopped =
  'Stopped: nothing was sent, and nothing is lost. What has gone up already need not go up again.';

/**
 * Does what was pressed. As on the server, photos always go through the draft, so that a letter that is refused, or a
 * crash half-way, loses none of them; the letter takes them over sealed as they are.
 */
export async function sendOrSave(
  before: SealedDraft,
  form: SheetForm,
  around: Surroundings,
): Promise<Outcome> {
  const draft: SealedDraft = { ...before };
  const keys = await keysOf(around.username);
  if (!keys) return { problem: { message: loggedOut, fields: {}, loggedOut: true }, draft };
  try {
    return await perform(keys, draft, form, around);
  } catch (error) {
    return { problem: sheetProblemOf(error), draft };
  }
}

async function perform(
  keys: HeldKeys,
  draft: SealedDraft,
  { intent, words, files, removed }: SheetForm,
  { uploaded, photoDesk, onProgress }: Surroundings,
): Promise<Outcome> {
  const savesFirst = intent !== 'send' || files.length > 0 || removed.length > 0;
  if (savesFirst) {
    const notes = await orSentBefore(intent, draft, async () => {
      await settleSave(draft);
      // A photo is taken in for a draft that is there.
      if (files.length > 0 && draft.version === 0) await saveSealed(keys, draft, words);
      const kept = { ...draft };
      takeOut(kept, removed);
      const said = await addPhotos(kept, files, uploaded, photoDesk, onProgress);
      await saveSealed(keys, kept, words);
      Object.assign(draft, kept);
      return said;
    });
    if (notes.length > 0) {
      const message = notes.join('\n');
      return { problem: { message, fields: { photos: message } }, draft };
    }
    if (intent !== 'send') return { goTo: `/write?draft=${draft.id}&done=saved`, draft };
  }
  await settleSave(draft);
  const sent = await sendSealed(keys, draft, words);
  if (sent === 'sent') return { goTo: `/letters/${draft.id}?done=sent`, draft };
  if (sent === 'used') {
    return { problem: { message: sheetUsed, fields: {} }, draft: freshDraft(newId()) };
  }
  // The friend has new keys: the words wait as a draft while the person looks at the safety number.
  if (!savesFirst) await saveSealed(keys, draft, words);
  return { goTo: `/friends/${words.to}/safety?draft=${draft.id}`, draft };
}

/** Of two presses of one button only the second is answered; the first may have sent the letter meanwhile. */
async function orSentBefore(
  intent: SheetForm['intent'],
  draft: SealedDraft,
  save: () => Promise<string[]>,
): Promise<string[]> {
  try {
    return await save();
  } catch (error) {
    const conflict = refusalOf(error)?.code === 'conflict';
    if (intent !== 'send' || !conflict || !(await wasSent(draft.id))) throw error;
    return [];
  }
}

function takeOut(draft: SealedDraft, removed: string[]): void {
  draft.photos = draft.photos.filter(({ photoId }) => !removed.includes(photoId));
  draft.seals = draft.seals.filter(({ photoId }) => !removed.includes(photoId));
}

function sheetProblemOf(error: unknown): SheetProblem {
  if (error instanceof PhotosCancelled) return { message: stopped, fields: {} };
  if (error instanceof PhotoError) {
    const isLoggedOut = error.trouble.what === 'logged-out';
    return { message: isLoggedOut ? loggedOut : error.message, fields: {}, loggedOut: isLoggedOut };
  }
  if (error instanceof InputRefused) return { message: error.message, fields: error.fields };
  const refusal = refusalOf(error);
  if (refusal) {
    const { code, message } = refusal;
    // No field that anybody sees.
    const { version: _, ...fields } = refusal.fields;
    return { message, fields, loggedOut: code === 'unauthenticated' };
  }
  if (isOffline(error) || (error instanceof Error && isOffline(error.cause)))
    return { message: offline, fields: {} };
  throw error;
}
