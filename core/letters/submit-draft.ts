import { addPhotos, type PhotoUploads } from '../drafts/add-photos.ts';
import {
  type DraftForm,
  type DraftText,
  type EditedDraft,
  editDraft,
  freshDraft,
  orderPhotos,
  photosAsTyped,
} from '../drafts/edited-draft.ts';
import { findRepeat } from '../drafts/find-repeat.ts';
import { saveDraft, settleSave } from '../drafts/save-draft.ts';
import { keyOf } from '../drafts/seal-draft.ts';
import { newId } from '../id.ts';
import type { LetterAccess } from '../letter-access.ts';
import { type Refusal, refusalOf } from '../refusal.ts';
import { checkInput } from '../schemas/check-input.ts';
import { letterText, newPhotoTexts } from '../schemas/letters.ts';
import { toSeal } from '../schemas/stationery.ts';
import { followPhotos } from './follow-photos.ts';
import { type SendOutcome, sendLetter } from './send-letter.ts';

/**
 * The result of a submitted form. `key-changed` keeps it as a draft until the author has compared
 * the friend's key.
 */
export type Submitted = { draft: EditedDraft } & (
  | { outcome: 'saved' | 'sent' | 'key-changed' }
  | { outcome: 'refused'; refusal: Refusal }
);

interface SubmitOptions {
  /** Problems found before submitting, a sentence each. */
  notes?: readonly string[];
  /**
   * The version the form was shown with, if it may be posted twice; `draft` is then the stored
   * draft. Leave it out if the editor knows of every save.
   */
  seenVersion?: number;
}

const draftUsed =
  'You’ve already sent another version of this draft. Your text is in a new draft, which isn’t saved yet. Add any new photos again, then press Send.';

/**
 * Saves or sends a submitted letter form. Photos always go through the draft, so that a refusal or
 * a crash loses none of them. The letter takes them over as sealed.
 * @throws anything that isn't a refusal: no network, a crash, the reason of `uploads.signal`,
 *   CryptoRefusal for a damaged stored draft. `before` then reflects the last save.
 */
export async function submitDraft<File>(
  access: LetterAccess,
  before: EditedDraft,
  form: DraftForm<File>,
  uploads: PhotoUploads<File>,
  options: SubmitOptions = {},
): Promise<Submitted> {
  const draft = { ...before };
  try {
    return await submit(access, draft, form, uploads, options);
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) {
      // The editor continues from the last save.
      Object.assign(before, draft);
      throw error;
    }
    // `version` is not a visible field, and what is said of photos is said beside them.
    const { version: _, captions, altTexts = captions, ...others } = refusal.fields;
    const fields = altTexts ? { photos: altTexts, ...others } : others;
    return { outcome: 'refused', refusal: { ...refusal, fields }, draft };
  }
}

async function submit<File>(
  access: LetterAccess,
  draft: EditedDraft,
  form: DraftForm<File>,
  uploads: PhotoUploads<File>,
  { notes = [], seenVersion }: SubmitOptions,
): Promise<Submitted> {
  const { intent, words, newPhotos, removePhotoIds } = form;
  const isStale = seenVersion !== undefined && draft.version !== seenVersion;
  // After a refusal, the form is shown again with the version it was shown with.
  if (seenVersion !== undefined) draft.version = seenVersion;
  checkInput(newPhotoTexts, { photos: newPhotos.map(({ caption, alt = '' }) => ({ caption, alt })) });
  const savesFirst =
    intent === 'save' || newPhotos.length > 0 || removePhotoIds.length > 0 || notes.length > 0;
  if (savesFirst) {
    const save = () => saveForm(access, draft, form, uploads, { seenVersion, isStale });
    const found = [...notes, ...(await unlessSent(access, draft, intent, save))];
    if (found.length > 0) {
      const message = found.join('\n');
      return {
        outcome: 'refused',
        refusal: { code: 'invalid-input', message, fields: { photos: message } },
        draft,
      };
    }
    if (intent === 'save') return { outcome: 'saved', draft };
  } else if (isStale) {
    await adoptRepeat(access, draft, form, seenVersion);
  }
  await settleSave(access, draft);
  const sent = await sendDraft(access, draft, words);
  if (sent === 'sent') return { outcome: 'sent', draft };
  if (sent === 'used') {
    return {
      outcome: 'refused',
      refusal: { code: 'conflict', message: draftUsed, fields: {} },
      draft: freshDraft(newId()),
    };
  }
  if (!savesFirst) await saveDraft(access, draft, words);
  return { outcome: 'key-changed', draft };
}

/**
 * Saves the text and photos of a form.
 * @returns a sentence for each photo with a problem or a note
 */
async function saveForm<File>(
  access: LetterAccess,
  draft: EditedDraft,
  form: DraftForm<File>,
  uploads: PhotoUploads<File>,
  { seenVersion, isStale }: { seenVersion: number | undefined; isStale: boolean },
): Promise<string[]> {
  const { words, newPhotos, removePhotoIds } = form;
  if (isStale) {
    if (await adoptRepeat(access, draft, form, seenVersion)) return [];
    // Let the server refuse before any photo is processed.
    await saveDraft(access, draft, words);
  }
  try {
    await settleSave(access, draft);
    // A photo can only be uploaded to an existing draft.
    if (newPhotos.length > 0 && draft.version === 0) await saveDraft(access, draft, words);
    const changed = { ...draft, ...without(draft, removePhotoIds) };
    const notes = await addPhotos(access, changed, newPhotos, uploads);
    words.body = followAdded(changed, form, uploads);
    await saveDraft(access, changed, words);
    Object.assign(draft, changed);
    return notes;
  } catch (error) {
    const isConflict = refusalOf(error)?.code === 'conflict';
    if (isConflict && (await adoptRepeat(access, draft, form, seenVersion))) return [];
    throw error;
  }
}

/** Returns the text without the places of photos that were refused. */
function followAdded<File>(
  { photos }: EditedDraft,
  { words, newPhotos }: DraftForm<File>,
  { uploaded }: PhotoUploads<File>,
): string {
  const isThere = (id: string) => photos.some(({ photoId }) => photoId === id);
  const chosen = newPhotos.map(({ file }) => uploaded.get(file)?.entry.photoId ?? '');
  const kept = orderPhotos(photos, words.photoOrder)
    .map(({ photoId }) => photoId)
    .filter((id) => !chosen.includes(id));
  return followPhotos(words.body, [...kept, ...chosen], [...kept, ...chosen.filter(isThere)]);
}

function without({ photos, seals }: EditedDraft, removed: string[]): Pick<EditedDraft, 'photos' | 'seals'> {
  const isKept = ({ photoId }: { photoId: string }) => !removed.includes(photoId);
  return { photos: photos.filter(isKept), seals: seals.filter(isKept) };
}

/** Sends a draft with its form's text and photos. @throws InputRefused; see {@link sendLetter} */
export async function sendDraft(
  access: LetterAccess,
  draft: EditedDraft,
  words: DraftText,
): Promise<SendOutcome> {
  const checked = checkInput(letterText, words);
  const { to, title, body, stampIdea, arrival, stamp } = checked;
  const { photos, seals } = photosAsTyped(draft, checked);
  return sendLetter(access, {
    ...{ letterId: draft.id, draftVersion: draft.version, to, stampIdea, arrival, stamp },
    content: { title, body, photos, ...toSeal(checked) },
    photos: seals,
    key: keyOf(draft),
  });
}

/**
 * Continues from the draft that another click on the same button saved.
 * @returns whether there is one
 */
async function adoptRepeat(
  access: LetterAccess,
  draft: EditedDraft,
  form: DraftForm<unknown>,
  seenVersion: number | undefined,
): Promise<boolean> {
  if (seenVersion === undefined) return false;
  const stored = await findRepeat(access, draft.id, form, seenVersion);
  if (stored) Object.assign(draft, editDraft(stored, stored));
  return stored !== null;
}

/** Of two clicks, only the second is answered; the first may have sent the letter meanwhile. */
async function unlessSent(
  access: LetterAccess,
  draft: EditedDraft,
  intent: DraftForm<unknown>['intent'],
  save: () => Promise<string[]>,
): Promise<string[]> {
  try {
    return await save();
  } catch (error) {
    const isConflict = refusalOf(error)?.code === 'conflict';
    if (intent !== 'send' || !isConflict || !(await wasSent(access, draft.id))) throw error;
    return [];
  }
}

async function wasSent({ api }: LetterAccess, id: string): Promise<boolean> {
  try {
    return (await api.letters.get.query({ id })).role === 'author';
  } catch (error) {
    if (refusalOf(error)?.code === 'not-found') return false;
    throw error;
  }
}
