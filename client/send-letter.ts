import type { z } from 'zod';
import { describePhoto, freshDraft } from '#core/drafts/edited-draft.ts';
import { saveDraft } from '#core/drafts/save-draft.ts';
import { keyOf } from '#core/drafts/seal-draft.ts';
import { newId } from '#core/id.ts';
import type { LetterAccess } from '#core/letter-access.ts';
import { sendDraft } from '#core/letters/submit-draft.ts';
import { standsStillText } from '#core/photos/photo-advice.ts';
import { uploadPhoto } from '#core/photos/upload-photo.ts';
import { letterText } from '#core/schemas/letters.ts';
import { limits } from '#core/schemas/limits.ts';
import { BffError, calling } from './bff-error.ts';
import { type PhotoInput, type Platform, withTexts } from './photo-input.ts';

export interface LetterToSend {
  to: string;
  title?: string;
  body: string;
  photos?: PhotoInput[];
  /** Not sealed: the picture service sees it, if the installation has one. */
  stampIdea?: string;
  /**
   * When it arrives, by the friend's clocks: `now` (the default), `tonight`, `in-three-days` or a
   * date like `2026-12-24`.
   */
  arrival?: string;
  /** The motif of its drawn stamp: `whale`, `lighthouse`, `kite`, `teacup` or `cat`; any by default. */
  stamp?: string;
  onProgress?: (progress: SendProgress) => void;
}

export interface SendProgress {
  /** Counts from 1; 0 while the letter itself is sealed and sent. */
  photo: number;
  photos: number;
  stage: 'preparing' | 'sealing' | 'sending' | 'sent';
  /** A note about this photo for the user: an animation becomes a still picture. */
  note?: string;
}

/** Seconds before each retry of an upload. */
const retryS = [1, 2, 4, 8];

const keyChanged = (to: string) =>
  `${to} has a new key. Compare your safety numbers, confirm it (bff friends ${to} --compared) and send again.`;
const pinsWithheld = (to: string) =>
  `The server returned an older list of your friends' keys than this device remembers, so nothing was sent. The server may have been restored from a backup, or someone may be tampering with it. Ask the people who run it. Then compare your safety number with ${to}, confirm it (bff friends ${to} --compared) and send again.`;

/**
 * Seals a letter on this side and sends it. Photos are prepared and uploaded one by one into a
 * draft, so that a letter that is refused in the end stays complete among the drafts.
 * @throws BffError
 */
export async function sendLetter(
  access: LetterAccess,
  preparePhoto: Platform['preparePhoto'],
  input: LetterToSend,
): Promise<{ id: string }> {
  const { onProgress = () => {} } = input;
  const inputs = (input.photos ?? []).map(withTexts);
  const draft = freshDraft(newId());
  const words = requireGood({ ...input, captions: {} }, inputs);
  const { to } = words;
  const photos = inputs.length;

  if (photos > 0) {
    await calling(() => saveDraft(access, draft, words));
    for (const [n, { photo, ...said }] of inputs.entries()) {
      const report = (stage: SendProgress['stage'], note?: string) =>
        onProgress({ photo: n + 1, photos, stage, ...(note ? { note } : {}) });
      const place = { draftId: draft.id, photoId: newId(), key: keyOf(draft) };
      const { entry, seal } = await calling(() =>
        uploadPhoto(access, place, photo, { preparePhoto, retryS }, (stage, standsStill) => {
          if (stage === 'sealing') report(stage, standsStill ? standsStillText : undefined);
          else if (stage !== 'waiting') report(stage);
        }),
      );
      draft.photos.push(describePhoto(entry, said));
      draft.seals.push(seal);
      report('sent');
    }
    await calling(() => saveDraft(access, draft, words));
  }
  onProgress({ photo: 0, photos, stage: 'sending' });
  const outcome = await calling(() => sendDraft(access, draft, words));
  if (outcome === 'key-changed') throw new BffError('key-changed', keyChanged(to));
  if (outcome === 'pins-withheld') throw new BffError('key-changed', pinsWithheld(to));
  if (outcome === 'used') throw new BffError('conflict', 'Another letter was already sent from this draft.');
  onProgress({ photo: 0, photos, stage: 'sent' });
  return { id: draft.id };
}

function requireGood(
  letter: object,
  photos: { caption: string; alt: string }[],
): z.output<typeof letterText> {
  const checked = letterText.safeParse(letter);
  const fields: Record<string, string> = {};
  for (const { path, message } of checked.error?.issues ?? []) fields[String(path[0])] ??= message;
  if (photos.length > limits.photos) fields.photos = `A letter can hold at most ${limits.photos} photos.`;
  if (photos.some(({ caption }) => caption.length > limits.captionMax))
    fields.photos = `Captions can have at most ${limits.captionMax} characters.`;
  if (photos.some(({ alt }) => alt.length > limits.altMax))
    fields.photos = `Descriptions of photos can have at most ${limits.altMax} characters.`;
  const [first] = Object.values(fields);
  if (first || !checked.data)
    throw new BffError('invalid-input', first ?? "This isn't a letter.", { fields });
  return checked.data;
}
