import type { AccountKeys } from '../account-keys.ts';
import type { Bytes } from '../bytes.ts';
import { letterHash, sealHeading } from '../crypto/index.ts';
import { believeLoaded, checkFriendKey, type PinKeeper } from '../friends/friend-key.ts';
import { hasSeen } from '../friends/pins.ts';
import type { LetterView, ReadableLetter } from './letter-view.ts';
import { type OpenedView, openLetterView, sentAtOf } from './open-letter-view.ts';

/** What reading leaves behind. */
export interface ReadingDesk extends PinKeeper {
  /**
   * Records the first reading, with the title sealed for the reader's own list.
   * @returns when it was read; null when somebody else's request was first
   */
  markRead(letterId: string, heading: Bytes): Promise<Date | null>;
}

/**
 * Opens a letter for its page. The receiver's first reading is recorded, and the key of a friend that is seen for the
 * first time remembered.
 *
 * @param id the letter that was asked for
 */
export async function readLetter(
  keys: AccountKeys,
  id: string,
  view: LetterView,
  desk: ReadingDesk,
): Promise<{ letter: ReadableLetter; opened: OpenedView['opened'] }> {
  const { letter: sealed, authorPublicKey, friend, pins, ...facts } = view;
  const { seal, opened } = await openLetterView(keys, id, view);
  const believed = await believeLoaded(keys, desk, pins);
  let { status, readAt } = facts;
  if (opened && facts.role === 'receiver' && status === 'delivered') {
    const ref = { letterId: id, userId: keys.userId };
    const heading = await sealHeading(keys.masterKey, ref, opened.content.title);
    readAt = (await desk.markRead(id, heading)) ?? readAt;
    status = 'read';
  }
  const author = authorPublicKey && { ...facts.author, userId: sealed.authorId, publicKey: authorPublicKey };
  const content = opened && {
    title: opened.content.title,
    body: opened.content.body,
    photos: opened.content.photos.map(({ caption, width, height }) => ({ caption, width, height })),
  };
  // One's own letter needs no check of who wrote it.
  const authorKeySeen = facts.role === 'author' || !author || hasSeen(believed.known, author);
  const friendKey = friend && (await checkFriendKey(keys, desk, friend, believed));
  const letter: ReadableLetter = {
    ...facts,
    id,
    status,
    sentAt: opened ? sentAtOf(view) : facts.sentAt,
    readAt,
    // Drawn from the bytes that authenticated; what the server calls their hash decides nothing.
    stampSeed: opened ? await letterHash(sealed) : facts.stampSeed,
    stampPainted: opened !== null && facts.stampPainted,
    seal,
    friendKey,
    authorKeySeen,
    authorKeyIsLater: !authorKeySeen && sealed.createdAt > (friendKey?.at ?? Number.POSITIVE_INFINITY),
    content,
  };
  return { letter, opened };
}
