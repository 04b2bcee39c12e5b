import { browserApi, refusalOf } from '#app/browser/browser-api.ts';
import { checkInput } from '#app/browser/check-input.ts';
import { newLetterKey, type PhotoManifestEntry, type PhotoSeal } from '#app/browser/keys/crypto.ts';
import type { HeldKeys } from '#app/browser/keys/held-keys.ts';
import { pinKeeper } from '#app/browser/keys/pin-keeper.ts';
import type { Bytes } from '#core/bytes.ts';
import { orderPhotos } from '#core/drafts/order-photos.ts';
import { sealDraftSheet } from '#core/drafts/seal-draft-sheet.ts';
import { type SendingDesk, sendSheet } from '#core/letters/send-sheet.ts';
import { saveDraftInput, sendLetterInput } from '#core/schemas/letters.ts';
import type { SaveSealedDraftInput } from '#core/schemas/sealed.ts';

/** A draft as this page knows it: what the server has of it, and the key of the letter it will be. */
export interface SealedDraft {
  id: string;
  /** 0 until it is saved. */
  version: number;
  /** Null until something of it is sealed. */
  key: Bytes | null;
  photos: PhotoManifestEntry[];
  seals: PhotoSeal[];
  /** The save whose answer is still to come, or was lost on the way; shared by all copies of this. */
  unanswered: { save: SaveSealedDraftInput | null };
}

/** The words of the form. */
export interface Words {
  to: string;
  title: string;
  body: string;
  stampIdea: string | undefined;
  /** By photo id. */
  captions: Record<string, string>;
  /** Photo ids, as they are to stand in the letter. */
  photoOrder: string[];
}

export function keyOf(draft: SealedDraft): Bytes {
  draft.key ??= newLetterKey();
  return draft.key;
}

/**
 * Seals the words with the photos the draft has, and saves them over the version this page knows.
 * @throws InputRefused, and whatever the server refuses: `conflict` when it was saved or sent elsewhere
 */
export async function saveSealed(keys: HeldKeys, draft: SealedDraft, words: Words): Promise<void> {
  await settleSave(draft);
  const { id: draftId, version } = draft;
  const checked = checkInput(saveDraftInput, { draftId, version, ...words });
  const { to, title, body, stampIdea } = checked;
  const { photos, seals } = photosAsTyped(draft, checked);
  const content = { title, body, photos };
  const sealed = await sealDraftSheet(keys, {
    draftId,
    key: keyOf(draft),
    content,
    to: to || null,
    stampIdea,
  });
  draft.unanswered.save = { draftId, version, to, photos: seals, ...sealed };
  await settleSave(draft);
  Object.assign(draft, { photos, seals });
}

/**
 * Repeats a save that was never answered, byte for byte. Whether or not the first one had arrived, the server has it
 * once, and this page learns the version.
 *
 * @throws what the server refuses, and what `fetch` throws without a network
 */
export async function settleSave(draft: SealedDraft): Promise<void> {
  const { save } = draft.unanswered;
  if (!save) return;
  try {
    const { version } = await browserApi.drafts.saveSealed.mutate(save);
    draft.unanswered.save = null;
    draft.version = version;
  } catch (error) {
    if (refusalOf(error)) draft.unanswered.save = null;
    throw error;
  }
}

/**
 * Seals the letter to its friend and sends it: see `sendSheet`.
 * @throws InputRefused, and whatever the server refuses
 */
export function sendSealed(keys: HeldKeys, draft: SealedDraft, words: Words) {
  const checked = checkInput(sendLetterInput, { letterId: draft.id, ...words });
  const { to, title, body, stampIdea } = checked;
  const { photos, seals } = photosAsTyped(draft, checked);
  const content = { title, body, photos };
  const sheet = { letterId: draft.id, to, content, photos: seals, key: keyOf(draft), stampIdea };
  return sendSheet(keys, sendingDesk(keys, draft.version), sheet, Date.now());
}

/** Whether this letter was sent already: by another press of the button, or from another window. */
export async function wasSent(id: string): Promise<boolean> {
  try {
    return (await browserApi.letters.sealed.query({ id })).role === 'author';
  } catch (error) {
    if (refusalOf(error)?.code === 'not-found') return false;
    throw error;
  }
}

const sendingDesk = (keys: HeldKeys, draftVersion: number): SendingDesk => ({
  ...pinKeeper(keys),
  friendKeys: (username) => browserApi.friends.keys.query({ username }),
  view: (id) => browserApi.letters.sealed.query({ id }),
  async send(sending) {
    try {
      await browserApi.letters.sendSealed.mutate({ ...sending, draftVersion });
      return 'sent';
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal?.code !== 'conflict' || refusal.fields.epoch || refusal.fields.version) throw error;
      return refusal.fields.key ? 'key-changed' : 'used';
    }
  },
});

/** The photos of a draft with the lines and in the order of the form. */
function photosAsTyped(
  draft: SealedDraft,
  { captions, photoOrder }: Pick<Words, 'captions' | 'photoOrder'>,
): Pick<SealedDraft, 'photos' | 'seals'> {
  const photos = draft.photos.map((photo) => ({
    ...photo,
    caption: captions[photo.photoId] ?? photo.caption,
  }));
  return { photos: orderPhotos(photos, photoOrder), seals: orderPhotos(draft.seals, photoOrder) };
}
