import type { StampView } from '#core/letters/letter-view.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';

/**
 * Reads the painted stamp of one of the user's letters, sealed.
 *
 * @throws {AppError} `not-found` for any other user, and for a letter whose stamp is (still) drawn.
 */
export async function viewStamp(deps: Deps, actor: Actor, letterId: string): Promise<StampView> {
  const letter = await deps.stores.letters.findForMember(letterId, actor.userId);
  const role = letter?.authorId === actor.userId ? 'author' : 'receiver';
  const stamp = letter && (await findStamp(deps, letterId, role));
  if (!stamp) throw new AppError('not-found', 'This letter has no painted stamp.');
  const { picture, sealedForReceiver, sealedForAuthor } = stamp;
  const epoch = role === 'author' ? letter.authorEpoch : letter.receiverEpoch;
  return { letterId, role, epoch, stamp: { picture, sealedForReceiver, sealedForAuthor } };
}

/** Finds a letter's painted stamp, sealed for one of its two members; null while there is none. */
export async function findStamp(deps: Deps, letterId: string, role: 'author' | 'receiver') {
  const stamp = await deps.stores.stampPictures.find(letterId);
  return (role === 'author' ? stamp?.sealedForAuthor : stamp?.sealedForReceiver) ? stamp : null;
}
