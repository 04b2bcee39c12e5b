import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { findOwnLetter } from './view-letter.ts';

/**
 * Sets or removes the user's own star. Repeating it changes nothing.
 *
 * @throws {AppError} `not-found` unless they wrote or got the letter.
 */
export async function setStarred(
  deps: Deps,
  actor: Actor,
  { id, starred }: { id: string; starred: boolean },
): Promise<void> {
  const changed = await deps.stores.threads.setStarred(id, actor.userId, starred);
  if (!changed) await findOwnLetter(deps, actor, id);
}

/**
 * Takes a letter out of its receiver's inbox, or puts it back. Repeating it changes nothing.
 *
 * @throws {AppError} `not-found` unless they got the letter; `conflict` before they opened it, so
 *   that no new letter is out of sight.
 */
export async function setArchived(
  deps: Deps,
  actor: Actor,
  { id, archived }: { id: string; archived: boolean },
): Promise<void> {
  if (await deps.stores.threads.setArchived(id, actor.userId, archived)) return;
  const letter = await findOwnLetter(deps, actor, id);
  if (letter.receiverId !== actor.userId)
    throw new AppError('not-found', 'Only letters you got are in your inbox.');
  if (archived && letter.status !== 'read')
    throw new AppError('conflict', 'Open this letter before you archive it.');
}
