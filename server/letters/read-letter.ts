import { sealHeading } from '#core/crypto/index.ts';
import type { Actor } from '../context.ts';
import type { Deps } from '../deps.ts';
import { checkFriendKey, type KeyTrust } from '../friends/pinned-keys.ts';
import { openPaintedStamp } from '../stamps/read-stamp.ts';
import { type ShownStatus, shownStatus } from './list-letters.ts';
import { openLetter, type SealState } from './open-letter.ts';

export interface ReadablePhoto {
  caption: string;
  width: number;
  height: number;
}

export interface ReadableLetter {
  id: string;
  role: 'author' | 'receiver';
  author: { username: string; displayName: string };
  receiver: { username: string; displayName: string };
  status: ShownStatus;
  /** Why a failed letter failed; null otherwise. */
  failureReason: string | null;
  sentAt: Date;
  deliveredAt: Date | null;
  readAt: Date | null;
  /** Seed of the drawn stamp, hex. */
  stampSeed: string;
  /** Whether there is a painted stamp to put over it. */
  stampPainted: boolean;
  seal: SealState;
  /** Whether the other's key is the one seen first; null when there is nobody any more. */
  friendKey: KeyTrust | null;
  /** Null unless `seal` is `opened`. */
  content: { title: string; body: string; photos: ReadablePhoto[] } | null;
  /** Where the reader left off, in thousandths of the letter. */
  position: number;
}

const somebody = { username: '', displayName: 'a former friend' };

/**
 * One letter for its reader. The receiver's first reading is recorded, once.
 *
 * @throws {AppError} `not-found` for anybody but its two friends.
 */
export async function readLetter(deps: Deps, actor: Actor, letterId: string): Promise<ReadableLetter> {
  const { letter, role, author, receiver, seal, opened } = await openLetter(deps, actor, letterId);
  let { status, readAt } = letter;
  if (opened && role === 'receiver' && status === 'delivered') {
    const { masterKey } = await actor.keys();
    const heading = await sealHeading(masterKey, { letterId, userId: actor.userId }, opened.content.title);
    const now = deps.now();
    if (await deps.stores.letters.markRead(letterId, actor.userId, now, heading)) readAt = now;
    status = 'read';
  }
  const friend = role === 'author' ? receiver : author;
  const reading = role === 'receiver' ? await deps.stores.readings.find(actor.userId, letterId) : null;
  const content = opened && {
    title: opened.content.title,
    body: opened.content.body,
    photos: opened.content.photos.map(({ caption, width, height }) => ({ caption, width, height })),
  };
  return {
    id: letter.id,
    role,
    author: author ? { username: author.username, displayName: author.displayName } : somebody,
    receiver: receiver ? { username: receiver.username, displayName: receiver.displayName } : somebody,
    status: shownStatus(status),
    failureReason: role === 'author' ? letter.failureReason : null,
    sentAt: letter.sentAt,
    deliveredAt: letter.deliveredAt,
    readAt,
    stampSeed: letter.hash,
    stampPainted: opened !== null && (await openPaintedStamp(deps, actor, letter)) !== null,
    seal,
    friendKey: friend && (await checkFriendKey(deps, actor, friend)),
    content,
    position: reading?.position ?? 0,
  };
}
