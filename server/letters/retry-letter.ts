import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { enqueueDelivery } from './send-letter.ts';

/**
 * Sends a letter again that could not be delivered: it is `queued` anew, with its id, and its delivery handed to the queue.
 *
 * @throws {AppError} `not-found` unless it is a letter of this person's that has failed.
 */
export async function retryLetter(deps: Deps, actor: Actor, letterId: string): Promise<void> {
  if (!(await deps.stores.letters.requeue(letterId, actor.userId))) {
    throw new AppError('not-found', 'This letter isn’t waiting to be sent again.');
  }
  await enqueueDelivery(deps, letterId);
}
