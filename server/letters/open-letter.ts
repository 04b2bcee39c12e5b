import type { Bytes } from '#core/bytes.ts';
import { isCryptoRefusal, type LetterContent, openLetter as openSealedLetter } from '#core/crypto/index.ts';
import type { User } from '../accounts/user.store.ts';
import type { Actor } from '../context.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import type { StoredLetter } from './letter.store.ts';
import { toSealedLetter } from './sealed-letter.ts';

/** `locked`: sealed to keys this person has since replaced. `damaged`: it does not authenticate. */
export type SealState = 'opened' | 'locked' | 'damaged';

export interface OpenedLetter {
  letter: StoredLetter;
  role: 'author' | 'receiver';
  author: User | null;
  receiver: User | null;
  seal: SealState;
  /** Null unless `seal` is `opened`: a letter that does not authenticate is never shown as text. */
  opened: { content: LetterContent; key: Bytes } | null;
}

/**
 * A letter of one's own, opened in memory for this request: by its author at once, by its receiver once delivered.
 *
 * @throws {AppError} `not-found` for anybody else, in the same words as for a letter that never was.
 */
export async function openLetter(deps: Deps, actor: Actor, letterId: string): Promise<OpenedLetter> {
  const letter = await deps.stores.letters.findForMember(letterId, actor.userId);
  if (!letter) throw new AppError('not-found', 'There is no such letter here.');
  const role = letter.authorId === actor.userId ? 'author' : 'receiver';
  const people = await deps.stores.users.findManyByIds([letter.authorId, letter.receiverId]);
  const author = people.find((user) => user.id === letter.authorId) ?? null;
  const receiver = people.find((user) => user.id === letter.receiverId) ?? null;
  const [me, epoch] = role === 'author' ? [author, letter.authorEpoch] : [receiver, letter.receiverEpoch];
  if (me && me.keyEpoch !== epoch) return { letter, role, author, receiver, seal: 'locked', opened: null };

  const opened = await unseal(deps, actor, letter, role, author);
  if (!opened) deps.log.error('letter does not authenticate', { letterId });
  return { letter, role, author, receiver, seal: opened ? 'opened' : 'damaged', opened };
}

async function unseal(
  deps: Deps,
  actor: Actor,
  letter: StoredLetter,
  role: 'author' | 'receiver',
  author: User | null,
): Promise<OpenedLetter['opened']> {
  const authorPublicKey =
    author?.keyEpoch === letter.authorEpoch
      ? author.identityPublicKey
      : await deps.stores.retiredKeys.find(letter.authorId, letter.authorEpoch);
  if (!authorPublicKey) return null;
  const { identity } = await actor.keys();
  try {
    return await openSealedLetter({
      letter: toSealedLetter(letter),
      reader: role,
      identity,
      authorPublicKey,
    });
  } catch (error) {
    if (isCryptoRefusal(error)) return null;
    throw error;
  }
}
