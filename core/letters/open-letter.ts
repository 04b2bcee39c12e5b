import type { Bytes } from '../bytes.ts';
import { letterHash, sealHeading } from '../crypto/index.ts';
import { believeLoaded, checkFriendKey, type PinKeeper, pinKeeper } from '../friends/friend-key.ts';
import { hasSeen } from '../friends/pins.ts';
import type { LetterAccess } from '../letter-access.ts';
import { stationeryOf } from '../schemas/stationery.ts';
import type { LetterView, ReadableLetter } from './letter-view.ts';
import { type OpenedView, openLetterView, sentAtOf } from './open-letter-view.ts';

/**
 * Opens a letter for its page. Records the receiver's first reading and pins a new friend's key
 * (trust on first use). A letter that doesn't open is no error: `seal` says why.
 * @param id the requested letter
 * @throws PinsBusy, server refusals and `fetch` errors while loading pins or recording; with
 *   `recordsInBackground` only while loading pins
 */
export async function openLetter(
  access: LetterAccess,
  id: string,
  view: LetterView,
): Promise<{ letter: ReadableLetter; opened: OpenedView['opened'] }> {
  const { letter: sealed, authorPublicKey, friend, pins, ...facts } = view;
  const { keys } = access;
  const keeper = readingKeeper(access, friend);
  const { seal, opened } = await openLetterView(keys, id, view);
  const believed = await believeLoaded(keys, keeper, pins);
  let { status, readAt } = facts;
  const isFirstReading = opened !== null && facts.role === 'receiver' && status === 'delivered';
  if (isFirstReading) {
    readAt = (await recordReading(access, id, opened.content.title)) ?? readAt;
    status = 'read';
  }
  const author = authorPublicKey && { ...facts.author, userId: sealed.authorId, publicKey: authorPublicKey };
  const content = opened && {
    title: opened.content.title,
    body: opened.content.body,
    photos: opened.content.photos.map(({ caption, alt = '', width, height }) => ({
      caption,
      alt,
      width,
      height,
    })),
    stationery: stationeryOf(opened.content.stationery),
  };
  // The reader's own letter needs no author check.
  const authorKeySeen = facts.role === 'author' || !author || hasSeen(believed.known, author);
  const friendKey = friend && (await checkFriendKey(keys, keeper, friend, believed));
  const letter: ReadableLetter = {
    ...facts,
    id,
    status,
    sentAt: opened ? sentAtOf(view) : facts.sentAt,
    readAt,
    // Drawn from the authenticated bytes, not from the server's hash.
    stampSeed: opened ? await letterHash(sealed) : facts.stampSeed,
    stampPainted: opened !== null && facts.stampPainted,
    seal,
    isFirstReading,
    friendKey,
    authorKeySeen,
    authorKeyIsLater: !authorKeySeen && sealed.createdAt > (friendKey?.at ?? Number.POSITIVE_INFINITY),
    content,
  };
  return { letter, opened };
}

/**
 * Records the first reading, with the title sealed for the reader's list. If it fails, the next
 * reading is recorded.
 */
async function recordReading(
  { keys, api, now, recordsInBackground }: LetterAccess,
  id: string,
  title: string,
): Promise<Date | null> {
  const heading: Bytes = await sealHeading(keys.masterKey, { letterId: id, userId: keys.userId }, title);
  const recorded = api.letters.markRead.mutate({ id, heading });
  if (!recordsInBackground) return (await recorded).readAt;
  recorded.catch(() => undefined);
  return new Date(now());
}

/** Saves pins, in the background if the letter shouldn't wait. */
function readingKeeper(access: LetterAccess, friend: LetterView['friend']): PinKeeper {
  const keeper = pinKeeper(access);
  const { memory } = keeper;
  if (!access.recordsInBackground) return keeper;
  return {
    ...keeper,
    save: async () => {
      // The server may have newer pins by now: load them again, and leave a key that another device
      // has pinned meanwhile.
      if (friend) checkFriendKey(access.keys, keeper, friend).catch(() => undefined);
      return true;
    },
    // Remember pins only after the server has saved them.
    memory: memory && { recall: memory.recall, remember: async () => undefined },
  };
}
