import type { Bytes } from '#core/bytes.ts';
import { openStampView } from '#core/letters/open-letter-view.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { viewStamp } from './view-stamp.ts';

/**
 * The painted stamp of a letter, opened for one of its two friends.
 *
 * @throws {AppError} `not-found` for anybody else, and for a letter whose stamp is (still) drawn.
 */
export async function readStamp(deps: Deps, actor: Actor, letterId: string): Promise<Bytes> {
  const picture = await openPaintedStamp(deps, actor, letterId);
  if (!picture) throw new AppError('not-found', 'There is no painted stamp here.');
  return picture;
}

/** The same, or null for a picture that does not authenticate. */
export async function openPaintedStamp(deps: Deps, actor: Actor, letterId: string): Promise<Bytes | null> {
  const picture = await openStampView(await actor.keys(), await viewStamp(deps, actor, letterId));
  if (!picture) deps.log.error('stamp does not authenticate', { letterId });
  return picture;
}
