import type { Bytes } from '#core/bytes.ts';
import { isCryptoRefusal, openStamp } from '#core/crypto/index.ts';
import type { Actor } from '../context.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import type { StoredLetter } from '../letters/letter.store.ts';

/**
 * The painted stamp of a letter, opened for one of its two friends.
 *
 * @throws {AppError} `not-found` for anybody else, and for a letter whose stamp is (still) drawn.
 */
export async function readStamp(deps: Deps, actor: Actor, letterId: string): Promise<Bytes> {
  const letter = await deps.stores.letters.findForMember(letterId, actor.userId);
  const picture = letter && (await openPaintedStamp(deps, actor, letter));
  if (!picture) throw new AppError('not-found', 'There is no painted stamp here.');
  return picture;
}

/** The picture on a letter of one's own; null when there is none for this reader, or it does not authenticate. */
export async function openPaintedStamp(
  deps: Deps,
  actor: Actor,
  letter: StoredLetter,
): Promise<Bytes | null> {
  const stamp = await deps.stores.stampPictures.find(letter.id);
  const [role, epoch] =
    letter.authorId === actor.userId
      ? (['author', letter.authorEpoch] as const)
      : (['receiver', letter.receiverEpoch] as const);
  if (!stamp || !(role === 'author' ? stamp.sealedForAuthor : stamp.sealedForReceiver)) return null;
  const { identity } = await actor.keys();
  try {
    return await openStamp({
      letterId: letter.id,
      stamp,
      reader: { role, userId: actor.userId, epoch },
      identity,
    });
  } catch (error) {
    if (!isCryptoRefusal(error)) throw error;
    deps.log.error('stamp does not authenticate', { letterId: letter.id });
    return null;
  }
}
