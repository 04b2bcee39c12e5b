import type { LetterView, PersonName, ShownStatus } from '#core/letters/letter-view.ts';
import type { User } from '../accounts/user.store.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { keyOf } from '../friends/pinned-keys.ts';
import { findStamp } from '../stamps/view-stamp.ts';
import { type LetterStatus, type StoredLetter, toSealedLetter } from './letter.store.ts';

export const formerFriend: PersonName = { username: '', displayName: 'a former friend' };

/**
 * Reads a sealed letter and its visible facts: for its author at once, for its receiver once
 * delivered.
 *
 * @throws {AppError} `not-found` for any other user, indistinguishable from an unknown letter.
 */
export async function viewLetter(deps: Deps, actor: Actor, letterId: string): Promise<LetterView> {
  const letter = await findOwnLetter(deps, actor, letterId);
  const role = roleIn(letter, actor);
  const people = await deps.stores.users.findManyByIds([letter.authorId, letter.receiverId, actor.userId]);
  const byId = new Map(people.map((user) => [user.id, user]));
  const [author, receiver, me] = [letter.authorId, letter.receiverId, actor.userId].map((id) => byId.get(id));
  const friend = role === 'author' ? receiver : author;
  const reading = role === 'receiver' ? await deps.stores.readings.find(actor.userId, letterId) : null;
  return {
    letter: toSealedLetter(letter),
    role,
    author: nameOf(author),
    receiver: nameOf(receiver),
    status: shownStatus(letter.status),
    failureReason: role === 'author' ? letter.failureReason : null,
    sentAt: letter.sentAt,
    deliverAt: role === 'author' && letter.status === 'scheduled' ? letter.deliverAt : null,
    // Letters withheld by older versions lack the time; most are delivered at once.
    deliveredAt: letter.status === 'withheld' ? (letter.withheldAt ?? letter.sentAt) : letter.deliveredAt,
    readAt: letter.readAt,
    stampSeed: letter.hash,
    stampPainted: (await findStamp(deps, letter.id, role)) !== null,
    position: reading?.position ?? 0,
    starred: (role === 'author' ? letter.starredByAuthor : letter.starredByReceiver) === 1,
    archived: role === 'receiver' && letter.archived === 1,
    authorPublicKey: await authorKeyOf(deps, letter, author),
    friend: friend ? keyOf(friend) : null,
    pins: { pins: me?.pins ?? null, version: me?.pinsVersion ?? 0 },
  };
}

/**
 * @throws {AppError} `not-found` unless the user is its author or, once it is delivered, its
 *   receiver.
 */
export async function findOwnLetter(deps: Deps, actor: Actor, letterId: string): Promise<StoredLetter> {
  const letter = await deps.stores.letters.findForMember(letterId, actor.userId);
  if (!letter) throw new AppError('not-found', 'We can’t find this letter.');
  return letter;
}

/** Shows a withheld letter to its author as delivered but unopened: a block is not revealed. */
export function shownStatus(status: LetterStatus): ShownStatus {
  return status === 'withheld' ? 'delivered' : status;
}

export function nameOf(user: User | undefined): PersonName {
  return user ? { username: user.username, displayName: user.displayName } : formerFriend;
}

const roleIn = (letter: StoredLetter, actor: Actor) =>
  letter.authorId === actor.userId ? ('author' as const) : ('receiver' as const);

async function authorKeyOf(deps: Deps, letter: StoredLetter, author: User | undefined) {
  return author?.keyEpoch === letter.authorEpoch
    ? author.identityPublicKey
    : deps.stores.retiredKeys.find(letter.authorId, letter.authorEpoch);
}
