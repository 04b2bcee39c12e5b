import type { AccountKeys } from '../account-keys.ts';
import type { Bytes } from '../bytes.ts';
import { isCryptoRefusal, type LetterContent, openLetter, openStamp } from '../crypto/index.ts';
import { DAY } from '../durations.ts';
import { isId } from '../id.ts';
import type { LetterView, SealState, StampView } from './letter-view.ts';

export interface OpenedView {
  seal: SealState;
  opened: { content: LetterContent; key: Bytes } | null;
}

/**
 * Opens a letter for one of its two friends, if every byte is as its author sealed it.
 * @param id the requested letter; a different letter in its place counts as damaged
 */
export async function openLetterView(
  keys: AccountKeys,
  id: string,
  { letter, role, authorPublicKey }: Pick<LetterView, 'letter' | 'role' | 'authorPublicKey'>,
): Promise<OpenedView> {
  const reader = role === 'author' ? letter.authorId : letter.receiverId;
  // An id becomes part of addresses and file names, and an author may have sealed any text as an
  // id.
  const asked = isId(id) && letter.letterId === id && reader === keys.userId;
  if (!asked) return { seal: 'damaged', opened: null };
  const epoch = role === 'author' ? letter.authorEpoch : letter.receiverEpoch;
  if (keys.epoch !== epoch) return { seal: 'locked', opened: null };
  const opened =
    authorPublicKey &&
    (await orNull(openLetter({ letter, reader: role, identity: keys.identity, authorPublicKey })));
  return opened ? { seal: 'opened', opened } : { seal: 'damaged', opened: null };
}

/** The tolerance between sealing and sending, ms: a clock may be wrong by a day. */
export const createdWithin = DAY;

/**
 * Returns when a letter was sent, according to the server. If that doesn't fit the time its author
 * sealed, returns the author's.
 */
export function sentAtOf({ letter, sentAt }: Pick<LetterView, 'letter' | 'sentAt'>): Date {
  return Math.abs(sentAt.getTime() - letter.createdAt) > createdWithin ? new Date(letter.createdAt) : sentAt;
}

/** Opens a painted stamp; null if it isn't this reader's or doesn't authenticate. */
export async function openStampView(keys: AccountKeys, view: StampView): Promise<Bytes | null> {
  const { letterId, role, epoch, stamp } = view;
  const reader = { role, userId: keys.userId, epoch };
  return orNull(openStamp({ letterId, stamp, reader, identity: keys.identity }));
}

async function orNull<Result>(opening: Promise<Result>): Promise<Result | null> {
  try {
    return await opening;
  } catch (error) {
    if (isCryptoRefusal(error)) return null;
    throw error;
  }
}
