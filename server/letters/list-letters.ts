import { isCryptoRefusal, openHeading } from '#core/crypto/index.ts';
import type { PageInput } from '#core/schemas/letters.ts';
import { limits } from '#core/schemas/limits.ts';
import type { Actor } from '../context.ts';
import type { Deps } from '../deps.ts';
import type { LetterStatus, LetterSummary } from './letter.store.ts';

/** How far a letter has come, as its two friends see it. */
export type ShownStatus = Exclude<LetterStatus, 'withheld'>;

export interface ListedLetter {
  id: string;
  /** The other of the two friends. */
  friend: { username: string; displayName: string };
  /** When it arrived (inbox) or was sent (sent). */
  at: Date;
  status: ShownStatus;
  failureReason: string | null;
  /** Null while the envelope is closed. */
  title: string | null;
  /** Seed of the drawn stamp, hex. */
  stampSeed: string;
}

export interface LetterPage {
  letters: ListedLetter[];
  nextCursor: string | null;
}

/** One page of letters received, newest first. */
export async function listInbox(deps: Deps, actor: Actor, page: PageInput): Promise<LetterPage> {
  const { items, nextCursor } = await deps.stores.letters.listInbox(actor.userId, {
    ...page,
    limit: limits.pageSize,
  });
  const letters = await nameLetters(deps, actor, items, (letter) => ({
    friendId: letter.authorId,
    at: letter.deliveredAt ?? letter.sentAt,
    heading: letter.receiverHeading,
  }));
  return { letters, nextCursor };
}

/** One page of letters sent, newest first. */
export async function listSent(deps: Deps, actor: Actor, page: PageInput): Promise<LetterPage> {
  const { items, nextCursor } = await deps.stores.letters.listSent(actor.userId, {
    ...page,
    limit: limits.pageSize,
  });
  const letters = await nameLetters(deps, actor, items, (letter) => ({
    friendId: letter.receiverId,
    at: letter.sentAt,
    heading: letter.authorHeading,
  }));
  return { letters, nextCursor };
}

async function nameLetters(
  deps: Deps,
  actor: Actor,
  items: LetterSummary[],
  view: (letter: LetterSummary) => { friendId: string; at: Date; heading: LetterSummary['receiverHeading'] },
): Promise<ListedLetter[]> {
  const { masterKey } = await actor.keys();
  const friendIds = [...new Set(items.map((letter) => view(letter).friendId))];
  const friends = await deps.stores.users.findManyByIds(friendIds);
  const byId = new Map(friends.map((friend) => [friend.id, friend]));
  return Promise.all(
    items.map(async (letter) => {
      const { friendId, at, heading } = view(letter);
      const friend = byId.get(friendId);
      return {
        id: letter.id,
        friend: friend
          ? { username: friend.username, displayName: friend.displayName }
          : { username: '', displayName: 'a former friend' },
        at,
        status: shownStatus(letter.status),
        failureReason: letter.failureReason,
        title:
          heading && (await openTitle(masterKey, { letterId: letter.id, userId: actor.userId }, heading)),
        stampSeed: letter.hash,
      };
    }),
  );
}

/** A withheld letter looks to its author as one that is on its way: a block is not told. */
export function shownStatus(status: LetterStatus): ShownStatus {
  return status === 'withheld' ? 'queued' : status;
}

/** Null for a title that was sealed under keys this person has since replaced. */
async function openTitle(...sealed: Parameters<typeof openHeading>): Promise<string | null> {
  try {
    return await openHeading(...sealed);
  } catch (error) {
    if (isCryptoRefusal(error)) return null;
    throw error;
  }
}
