import type { Bytes } from '../bytes.ts';
import type { LetterContent, PhotoSeal } from '../crypto/index.ts';
import { checkFriendKey, maySealTo, pinKeeper } from '../friends/friend-key.ts';
import type { LetterAccess } from '../letter-access.ts';
import { refusalOf } from '../refusal.ts';
import type { Arrival } from '../schemas/letters.ts';
import type { StampMotif } from '../stamps/stamp-motifs.ts';
import { withSecret } from '../with-secret.ts';
import { composeLetter } from './compose-letter.ts';
import { openLetterView } from './open-letter-view.ts';

export interface OutgoingLetter {
  letterId: string;
  to: string;
  content: LetterContent;
  /** The seals of `content.photos`, in the same order. */
  photos: PhotoSeal[];
  /** The draft's key, or a new one. */
  key: Bytes;
  stampIdea?: string | undefined;
  draftVersion?: number | undefined;
  /** Undefined is now. */
  arrival?: Arrival | undefined;
  /** The motif of its drawn stamp; undefined for any. */
  stamp?: StampMotif | undefined;
}

/**
 * - `sent`: it is in transit, or an earlier click already sent the same letter.
 * - `key-changed`: the friend's key isn't the trusted one; nothing was sealed to it.
 * - `pins-withheld`: the server withheld pins that this device has seen; nothing was sealed.
 * - `used`: another letter was sent under this id. This one needs another id.
 */
export type SendOutcome = 'sent' | 'key-changed' | 'pins-withheld' | 'used';

/**
 * Checks the friend's key, seals the letter to it and sends it.
 * @throws server refusals that aren't an outcome; `conflict` on `version` if the draft was saved
 *   again, on `epoch` if the author's keys were replaced elsewhere; PinsBusy; CryptoRefusal
 *   `malformed` if photos and seals don't belong together; `fetch` errors without a network
 */
export async function sendLetter(access: LetterAccess, outgoing: OutgoingLetter): Promise<SendOutcome> {
  const { keys, api, now } = access;
  const { letterId, to, content, photos, key, stampIdea, draftVersion, arrival, stamp } = outgoing;
  const friend = await api.friends.keys.query({ username: to });
  // The chosen name counts, whatever the server calls the key's owner.
  const status = await checkFriendKey(keys, pinKeeper(access), { ...friend, username: to });
  if (status.withheld) return 'pins-withheld';
  if (!maySealTo(status)) return 'key-changed';
  const composed = await composeLetter(keys, {
    letterId,
    to: friend,
    content,
    photos,
    key,
    createdAt: now(),
    stamp,
  });
  try {
    await api.letters.send.mutate({ to, ...composed, stampIdea, draftVersion, arrival });
    return 'sent';
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal?.code !== 'conflict' || refusal.fields.epoch || refusal.fields.version) throw error;
    if (refusal.fields.key) return 'key-changed';
  }
  return (await isSentLetter(access, outgoing, friend.userId)) ? 'sent' : 'used';
}

async function isSentLetter(
  { keys, api }: LetterAccess,
  { letterId, content }: OutgoingLetter,
  receiverId: string,
): Promise<boolean> {
  const view = await api.letters.get.query({ id: letterId }).catch((error) => {
    // Another user's letter has this id.
    if (refusalOf(error)?.code === 'not-found') return null;
    throw error;
  });
  if (!view) return false;
  const { opened } = await openLetterView(keys, letterId, view);
  if (!opened) return false;
  const { title, body } = opened.content;
  const isSame = title === content.title && body === content.body;
  return withSecret(
    opened.key,
    () => isSame && view.role === 'author' && view.letter.receiverId === receiverId,
  );
}
