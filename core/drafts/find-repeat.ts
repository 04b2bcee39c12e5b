import type { LetterAccess } from '../letter-access.ts';
import { refusalOf } from '../refusal.ts';
import { checkInput } from '../schemas/check-input.ts';
import { draftText } from '../schemas/letters.ts';
import { isSameStationery, stationeryOf } from '../schemas/stationery.ts';
import { withSecret } from '../with-secret.ts';
import { type DraftForm, orderPhotos } from './edited-draft.ts';
import { loadDraft, type StoredDraft } from './load-draft.ts';

const EVERY_MS = 300;
const TRIES = 40;

/**
 * Finds the draft that an earlier click on the same button saved. Without JavaScript, a form may be
 * posted twice, and the second post knows nothing of the first, which may still be working on its
 * photos.
 * @param seenVersion the version the form was shown with
 * @returns the saved draft; null if something else was saved, nothing was, or it took too long
 * @throws InputRefused; CryptoRefusal for a damaged draft; server refusals; `fetch` errors without
 *   a network
 */
export async function findRepeat(
  access: LetterAccess,
  draftId: string,
  form: DraftForm<unknown>,
  seenVersion: number,
): Promise<StoredDraft | null> {
  // Photos are prepared one after the other.
  return waitFor(TRIES * (1 + form.newPhotos.length), async () => {
    const stored = await loadDraft(access, draftId).catch((error) => {
      if (refusalOf(error)?.code === 'not-found') return null;
      throw error;
    });
    if (!stored) return null;
    // In a new draft, photos are saved after the text they were posted with.
    const latest = seenVersion + (seenVersion === 0 && form.newPhotos.length > 0 ? 2 : 1);
    const isLater = stored.version > seenVersion && stored.version <= latest;
    const isSame = isLater && hasWordsOf(stored, form);
    if (isSame && hasPhotosOf(stored, form)) return stored;
    return withSecret(stored.key, () => (isSame && stored.version < latest ? 'wait' : null));
  });
}

function hasWordsOf(stored: StoredDraft, { words }: DraftForm<unknown>): boolean {
  const { to, title, body, stampIdea, stationery, inReplyTo, arrival, stamp } = checkInput(draftText, words);
  return (
    stored.content.title === title &&
    stored.content.body === body &&
    isSameStationery(stationeryOf(stored.content.stationery), stationeryOf(stationery)) &&
    stored.to === (to || null) &&
    stored.content.inReplyTo === inReplyTo &&
    stored.arrival === arrival &&
    stored.stamp === stamp &&
    (stampIdea === undefined || stored.stampIdea === stampIdea)
  );
}

/** A form names each stored photo by its caption field; new ones come last. */
function hasPhotosOf({ content: { photos } }: StoredDraft, form: DraftForm<unknown>): boolean {
  const { captions, altTexts, photoOrder } = checkInput(draftText, form.words);
  const keptCount = Object.keys(captions).filter((photoId) => !form.removePhotoIds.includes(photoId)).length;
  const kept = photos.slice(0, keptCount);
  const inOrder = orderPhotos(kept, photoOrder);
  return (
    photos.length === keptCount + form.newPhotos.length &&
    kept.every((photo, n) => {
      const { photoId, caption, alt = '' } = photo;
      return photo === inOrder[n] && captions[photoId] === caption && (altTexts[photoId] ?? alt) === alt;
    }) &&
    photos.slice(keptCount).every(({ caption, alt = '' }, n) => {
      const added = form.newPhotos[n];
      return added?.caption === caption && (added.alt ?? '') === alt;
    })
  );
}

/** Asks again while the answer is `wait`, up to {@link TRIES} times; then returns null. */
async function waitFor<Answer>(
  most: number,
  ask: () => Promise<Answer | 'wait' | null>,
): Promise<Answer | null> {
  for (let tries = 0; tries < most; tries++) {
    const answer = await ask();
    if (answer !== 'wait') return answer;
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
  return null;
}
