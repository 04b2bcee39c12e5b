import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { enqueueDelivery } from './send-letter.ts';

/**
 * Queues a failed letter again under the same id.
 *
 * @throws {AppError} `not-found` unless the letter failed and is this user's.
 */
export async function retryLetter(deps: Deps, actor: Actor, letterId: string): Promise<void> {
  if (!(await deps.stores.letters.requeue(letterId, actor.userId))) {
    throw new AppError('not-found', 'This letter isn’t waiting to be sent again.');
  }
  await enqueueDelivery(deps, letterId);
}
