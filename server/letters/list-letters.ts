import type { ListedView, SealedLetterPage } from '#core/letters/letter-view.ts';
import type { PageInput } from '#core/schemas/letters.ts';
import { limits } from '#core/schemas/limits.ts';
import type { Actor } from '../actor.ts';
import type { Page } from '../db/page.ts';
import type { Deps } from '../deps.ts';
import type { LetterSummary } from './letter.store.ts';
import { formerFriend, nameOf, shownStatus } from './view-letter.ts';

export async function listInbox(deps: Deps, actor: Actor, page: PageInput): Promise<SealedLetterPage> {
  const found = await deps.stores.letters.listInbox(actor.userId, { ...page, limit: limits.pageSize });
  return describe(deps, found, (letter) => ({
    friendId: letter.authorId,
    at: letter.deliveredAt ?? letter.sentAt,
  }));
}

export async function listSent(deps: Deps, actor: Actor, page: PageInput): Promise<SealedLetterPage> {
  const found = await deps.stores.letters.listSent(actor.userId, { ...page, limit: limits.pageSize });
  return describe(deps, found, (letter) => ({
    friendId: letter.receiverId,
    at: letter.sentAt,
  }));
}

async function describe(
  deps: Deps,
  { items, nextCursor }: Page<LetterSummary>,
  view: (letter: LetterSummary) => Pick<ListedView, 'at'> & { friendId: string },
): Promise<SealedLetterPage> {
  const friendIds = [...new Set(items.map((letter) => view(letter).friendId))];
  const friends = await deps.stores.users.findManyByIds(friendIds);
  const names = new Map(friends.map((friend) => [friend.id, nameOf(friend)]));
  const letters = items.map((letter) => {
    const { friendId, at } = view(letter);
    return {
      id: letter.id,
      friend: names.get(friendId) ?? formerFriend,
      at,
      status: shownStatus(letter.status),
      deliverAt: letter.status === 'scheduled' ? letter.deliverAt : null,
      failureReason: letter.failureReason,
      heading: letter.heading,
      stampSeed: letter.hash,
    };
  });
  return { letters, nextCursor };
}
