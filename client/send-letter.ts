import type { AccountKeys } from '#core/account-keys.ts';
import { type LetterContent, newLetterKey, type PhotoSeal } from '#core/crypto/index.ts';
import { sealDraftSheet } from '#core/drafts/seal-draft-sheet.ts';
import type { PinMemory } from '#core/friends/believe-pins.ts';
import { newId } from '#core/id.ts';
import { sendSheet } from '#core/letters/send-sheet.ts';
import { standsStillText } from '#core/photos/photo-advice.ts';
import { packParcel } from '#core/photos/photo-parcel.ts';
import { sealPhotoPair } from '#core/photos/seal-photo-pair.ts';
import { type SendLetterInput, sendLetterInput } from '#core/schemas/letters.ts';
import { limits } from '#core/schemas/limits.ts';
import { BffError, bffErrorOf, calling } from './bff-error.ts';
import type { Api } from './create-api.ts';
import { createDesk } from './desk.ts';
import { type PhotoInput, type Platform, withCaption } from './photo-input.ts';

export interface LetterToSend {
  /** Username of a friend. */
  to: string;
  /** A letter needs none. */
  title?: string;
  body: string;
  photos?: PhotoInput[];
  /** Not sealed: shown to the picture service, where the installation has one. */
  stampIdea?: string;
  onProgress?: (progress: SendProgress) => void;
}

export interface SendProgress {
  /** Counted from 1; 0 while the letter itself is sealed and sent. */
  photo: number;
  photos: number;
  stage: 'preparing' | 'sealing' | 'sending' | 'sent';
  /** A sentence about this photo, for the person: it moves in its file and stands still in the letter. */
  note?: string;
}

/** Seconds before each further try of an upload. */
const pauses = [1, 2, 4, 8];

/**
 * Seals a letter on this side and sends it. Photos are prepared and uploaded one by one; what was uploaded waits in a draft, so
 * that a letter that is refused at last is among the drafts with everything in it.
 * @throws BffError
 */
export async function sendLetter(
  { api, keys, platform, memory }: { api: Api; keys: AccountKeys; platform: Platform; memory: PinMemory },
  input: LetterToSend,
): Promise<{ id: string }> {
  const { onProgress = () => {} } = input;
  const inputs = (input.photos ?? []).map(withCaption);
  const letterId = newId();
  const { to, title, body, stampIdea } = requireGood({ ...input, letterId, captions: {} }, inputs);

  const key = newLetterKey();
  const content: LetterContent = { title, body, photos: [] };
  const photos: PhotoSeal[] = [];
  const save = async (version: number) =>
    calling(async () =>
      api.drafts.saveSealed.mutate({
        draftId: letterId,
        version,
        to,
        photos,
        ...(await sealDraftSheet(keys, { draftId: letterId, key, content, to, stampIdea })),
      }),
    );

  if (inputs.length > 0) {
    await save(0);
    for (const [n, { photo, caption }] of inputs.entries()) {
      const report = (stage: SendProgress['stage'], note?: string) =>
        onProgress({ photo: n + 1, photos: inputs.length, stage, ...(note ? { note } : {}) });
      report('preparing');
      const { full, preview, width, height, mediaType, standsStill } = await platform.preparePhoto(photo);
      report('sealing', standsStill ? standsStillText : undefined);
      const photoId = newId();
      const sealed = await sealPhotoPair(key, { letterId, photoId }, { full, preview });
      report('sending');
      await upload(
        api,
        packParcel({ draftId: letterId, photoId, full: sealed.full, preview: sealed.preview }),
      );
      photos.push(sealed.seal);
      content.photos.push({ photoId, caption, width, height, mediaType });
      report('sent');
    }
    await save(1);
  }
  onProgress({ photo: 0, photos: inputs.length, stage: 'sending' });
  const sheet = { letterId, to, content, photos, key, stampIdea };
  const outcome = await calling(() => sendSheet(keys, createDesk(api, memory), sheet, Date.now()));
  if (outcome === 'key-changed') {
    throw new BffError(
      'key-changed',
      `${to} has another key than before. Compare your safety numbers, say so (bff friends ${to} --compared) and send again.`,
    );
  }
  if (outcome === 'pins-withheld') {
    throw new BffError(
      'key-changed',
      `The server gave an older list of your friends' keys than this device remembers, so nothing was sent. It may have been restored from a backup, or someone may be tampering with it: ask whoever runs it. Compare your safety number with ${to}, say so (bff friends ${to} --compared) and send again.`,
    );
  }
  if (outcome === 'used') throw new BffError('conflict', 'Another letter was sent from this sheet.');
  onProgress({ photo: 0, photos: inputs.length, stage: 'sent' });
  return { id: letterId };
}

/** The same bounds as everywhere, before anything is uploaded. */
function requireGood(letter: object, photos: { caption: string }[]): SendLetterInput {
  const checked = sendLetterInput.safeParse(letter);
  const fields: Record<string, string> = {};
  for (const { path, message } of checked.error?.issues ?? []) fields[String(path[0])] ??= message;
  if (photos.length > limits.photos) fields.photos = `A letter holds at most ${limits.photos} photos.`;
  if (photos.some(({ caption }) => caption.length > limits.captionMax))
    fields.photos = `A line about a photo has at most ${limits.captionMax} characters.`;
  const [first] = Object.values(fields);
  if (first || !checked.data) throw new BffError('invalid-input', first ?? 'This is no letter.', { fields });
  return checked.data;
}

/** Tried again while the network is away or the server busy: the same photo twice is one photo. */
async function upload(api: Api, parcel: Uint8Array<ArrayBuffer>): Promise<void> {
  for (const pause of [...pauses, null]) {
    try {
      await api.photos.uploadSealed.mutate(parcel);
      return;
    } catch (thrown) {
      const error = bffErrorOf(thrown);
      const again = error && ['network', 'unavailable', 'too-many-requests'].includes(error.code);
      if (pause === null || !again) throw error ?? thrown;
      await new Promise((resolve) => setTimeout(resolve, Math.max(pause, error.retryAfterS ?? 0) * 1000));
    }
  }
}
