import type { Bytes } from '#core/bytes.ts';
import { CryptoRefusal, type LetterContent, openLetter as openSealedLetter } from '#core/crypto/index.ts';
import type { User } from '../accounts/user.store.ts';
import type { Actor } from '../context.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import type { StoredLetter } from './letter.store.ts';
import { toSealedLetter } from './sealed-letter.ts';

export interface OpenedLetter {
  letter: StoredLetter;
  role: 'author' | 'receiver';
  author: User | null;
  receiver: User | null;
  /** Null when the letter does not authenticate: it is shown as damaged, never as text. */
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
  const { identity } = await actor.keys();
  const opened = author
    ? await openSealedLetter({
        letter: toSealedLetter(letter),
        reader: role,
        identity,
        authorPublicKey: author.identityPublicKey,
      }).catch((error: unknown) => {
        if (error instanceof CryptoRefusal) return null;
        throw error;
      })
    : null;
  if (!opened) deps.log.error('letter does not authenticate', { letterId });
  return { letter, role, author, receiver, opened };
}
