import type { SealedLetterPage } from '#core/letters/letter-view.ts';
import type { PageInput } from '#core/schemas/letters.ts';
import { limits } from '#core/schemas/limits.ts';
import type { Actor } from '../actor.ts';
import type { Page } from '../db/page.ts';
import type { Deps } from '../deps.ts';
import type { LetterSummary } from './letter.store.ts';
import { formerFriend, nameOf, shownStatus } from './view-letter.ts';

export async function listInbox(
  deps: Deps,
  actor: Actor,
  { archived, ...page }: PageInput & { archived?: boolean },
): Promise<SealedLetterPage> {
  const request = { ...page, limit: limits.pageSize };
  return describeLetters(deps, await deps.stores.letters.listInbox(actor.userId, request, archived));
}

export async function listSent(deps: Deps, actor: Actor, page: PageInput): Promise<SealedLetterPage> {
  const request = { ...page, limit: limits.pageSize };
  return describeLetters(deps, await deps.stores.letters.listSent(actor.userId, request));
}

/** Describes a page of letters to the user on whose side they were read. */
export async function describeLetters(
  deps: Deps,
  { items, nextCursor }: Page<LetterSummary>,
): Promise<SealedLetterPage> {
  const friendOf = (letter: LetterSummary) =>
    letter.role === 'receiver' ? letter.authorId : letter.receiverId;
  const friends = await deps.stores.users.findManyByIds([...new Set(items.map(friendOf))]);
  const names = new Map(friends.map((friend) => [friend.id, nameOf(friend)]));
  const letters = items.map((letter) => {
    const { id, role, at, failureReason, heading, starred } = letter;
    return {
      ...{ id, role, at, failureReason, heading, starred },
      friend: names.get(friendOf(letter)) ?? formerFriend,
      status: shownStatus(letter.status),
      deliverAt: letter.status === 'scheduled' ? letter.deliverAt : null,
      stampSeed: letter.hash,
    };
  });
  return { letters, nextCursor };
}
