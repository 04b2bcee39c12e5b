import type { AccountKeys } from '../account-keys.ts';
import type { Bytes } from '../bytes.ts';
import type { LetterContent, PhotoSeal, SealedLetter } from '../crypto/index.ts';
import { checkFriendKey, maySealTo, type PinKeeper } from '../friends/friend-key.ts';
import type { FriendKey } from '../friends/pins.ts';
import { composeLetter } from './compose-letter.ts';
import type { LetterView } from './letter-view.ts';
import { openLetterView } from './open-letter-view.ts';

/** What goes over the wire. */
export interface SealedSending {
  to: string;
  letter: SealedLetter;
  heading: Bytes;
  /** Not sealed: shown to the picture service. */
  stampIdea?: string | undefined;
}

/** What sending needs of the server. */
export interface SendingDesk extends PinKeeper {
  friendKeys(username: string): Promise<FriendKey & { epoch: number }>;
  /** `key-changed`: the friend has other keys by now. `used`: another sealed letter has this id. */
  send(sending: SealedSending): Promise<'sent' | 'key-changed' | 'used'>;
  view(letterId: string): Promise<LetterView>;
}

/** A letter that its author wants to send. */
export interface Sheet {
  letterId: string;
  /** Username of the friend. */
  to: string;
  content: LetterContent;
  /** The seals of `content.photos`, in their order. */
  photos: PhotoSeal[];
  /** Of the draft it was written as, or a fresh one. */
  key: Bytes;
  stampIdea?: string | undefined;
}

/**
 * Seals a letter and sends it.
 *
 * - `sent`: it is on its way, or an earlier press of the same button already sent the same words.
 * - `key-changed`: the friend's key is not the trusted one; nothing was sealed to it.
 * - `pins-withheld`: the server handed out less of what is known of friends' keys than this device has seen; nothing was sealed.
 * - `used`: another letter was sent under this id, and stays as it is. These words need a fresh sheet.
 *
 * @param now ms since 1970
 */
export async function sendSheet(
  keys: AccountKeys,
  desk: SendingDesk,
  { letterId, to, content, photos, key, stampIdea }: Sheet,
  now: number,
): Promise<'sent' | 'key-changed' | 'pins-withheld' | 'used'> {
  const friend = await desk.friendKeys(to);
  // The name is the one that was chosen, whatever the server calls its owner.
  const standing = await checkFriendKey(keys, desk, { ...friend, username: to });
  if (standing.withheld) return 'pins-withheld';
  if (!maySealTo(standing)) return 'key-changed';
  const composed = await composeLetter(keys, { letterId, to: friend, content, photos, key, createdAt: now });
  const outcome = await desk.send({ to, ...composed, stampIdea });
  if (outcome !== 'used') return outcome;
  const view = await desk.view(letterId);
  const { opened } = await openLetterView(keys, letterId, view);
  const same =
    view.role === 'author' &&
    view.letter.receiverId === friend.userId &&
    opened?.content.title === content.title &&
    opened.content.body === content.body;
  return same ? 'sent' : 'used';
}
