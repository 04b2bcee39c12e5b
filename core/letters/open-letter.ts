import type { Bytes } from '../bytes.ts';
import { letterHash, sealHeading } from '../crypto/index.ts';
import { believeLoaded, checkFriendKey, type PinKeeper, pinKeeper } from '../friends/friend-key.ts';
import { hasSeen } from '../friends/pins.ts';
import type { LetterAccess } from '../letter-access.ts';
import type { LetterView, ReadableLetter } from './letter-view.ts';
import { type OpenedView, openLetterView, sentAtOf } from './open-letter-view.ts';

/**
 * Opens a letter for its page. Records the receiver's first reading, and pins the key of a friend that is seen for the
 * first time (trust on first use).
 *
 * @param id the letter that was asked for
 * @throws PinsBusy, and what the server refuses or `fetch` throws while pins are loaded or anything is recorded; with
 *   `recordsInBackground` only while pins are loaded. A letter that does not open is no error: `seal` says why.
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
  if (opened && facts.role === 'receiver' && status === 'delivered') {
    readAt = (await recordReading(access, id, opened.content.title)) ?? readAt;
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
  const friendKey = friend && (await checkFriendKey(keys, keeper, friend, believed));
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

/** Records the first reading, with the title sealed for the reader's list. A failed one is recorded the next time. */
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

/** Keeps the pins; in the background, if the letter is not to wait for it. */
function readingKeeper(access: LetterAccess, friend: LetterView['friend']): PinKeeper {
  const keeper = pinKeeper(access);
  const { memory } = keeper;
  if (!access.recordsInBackground) return keeper;
  return {
    ...keeper,
    save: async () => {
      // The server may have other pins by now: asked again, and a key that was seen elsewhere meanwhile is left as it is.
      if (friend) checkFriendKey(access.keys, keeper, friend).catch(() => undefined);
      return true;
    },
    // Only what the server has is remembered, once it has it.
    memory: memory && { recall: memory.recall, remember: async () => undefined },
  };
}
