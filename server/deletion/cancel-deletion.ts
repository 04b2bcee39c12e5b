import type { Actor } from '../actor.ts';
import { type EventFacts, recordEvent } from '../audit/record-event.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';

/**
 * Cancels the deletion of an account; repeating it changes nothing.
 *
 * @throws {AppError} `conflict` when its time has come.
 */
export async function cancelDeletion(deps: Deps, actor: Actor, facts: EventFacts = {}): Promise<void> {
  if (await deps.stores.users.cancelDeletion(actor.userId, deps.now())) {
    return recordEvent(deps, actor.userId, 'deletion-cancelled', facts);
  }
  const user = await deps.stores.users.findById(actor.userId);
  if (user && !user.deleteAt) return;
  throw new AppError('conflict', 'It’s too late: we’ve already started deleting this account.');
}
