import type { AccountKeys } from '../account-keys.ts';
import type { Bytes } from '../bytes.ts';
import { sealHeading } from '../crypto/index.ts';
import { checkFriendKey, type PinKeeper } from '../friends/friend-key.ts';
import { hasSeen, openPins } from '../friends/pins.ts';
import type { LetterView, ReadableLetter } from './letter-view.ts';
import { type OpenedView, openLetterView } from './open-letter-view.ts';

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
 */
export async function readLetter(
  keys: AccountKeys,
  view: LetterView,
  desk: ReadingDesk,
): Promise<{ letter: ReadableLetter; opened: OpenedView['opened'] }> {
  const { letter: sealed, authorPublicKey, friend, pins, ...facts } = view;
  const { letterId } = sealed;
  const { seal, opened } = await openLetterView(keys, view);
  let { status, readAt } = facts;
  if (opened && facts.role === 'receiver' && status === 'delivered') {
    const ref = { letterId, userId: keys.userId };
    const heading = await sealHeading(keys.masterKey, ref, opened.content.title);
    readAt = (await desk.markRead(letterId, heading)) ?? readAt;
    status = 'read';
  }
  // One's own letter needs no check of who wrote it.
  const known = facts.role === 'receiver' ? (await openPins(keys, pins.pins))[sealed.authorId] : undefined;
  const content = opened && {
    title: opened.content.title,
    body: opened.content.body,
    photos: opened.content.photos.map(({ caption, width, height }) => ({ caption, width, height })),
  };
  const letter: ReadableLetter = {
    ...facts,
    id: letterId,
    status,
    readAt,
    stampPainted: opened !== null && facts.stampPainted,
    seal,
    friendKey: friend && (await checkFriendKey(keys, desk, friend, pins)),
    authorKeySeen: facts.role === 'author' || authorPublicKey === null || hasSeen(known, authorPublicKey),
    content,
  };
  return { letter, opened };
}
