import { DAY } from '#core/durations.ts';
import type { Deps } from '../deps.ts';
import { describeError } from '../log.ts';
import { enqueue } from '../queue/enqueue.ts';
import { letterStamp } from './stamp.jobs.ts';

/** No idea is kept longer, whatever becomes of its job. */
export const IDEA_LIFE_MS = DAY;

/**
 * Stores a stamp idea for the worker, sealed under a key of the server, and orders the stamp. Best effort: the letter
 * is already on its way and wears its drawn stamp until a painted one arrives. Once per letter: a second idea changes
 * nothing while the first is waiting.
 */
export async function orderStamp(deps: Deps, letterId: string, idea: string | undefined): Promise<void> {
  if (!deps.painter || !idea) return;
  try {
    const forgetAt = new Date(deps.now().getTime() + IDEA_LIFE_MS);
    await deps.stores.stampIdeas.insert({
      id: letterId,
      idea: await deps.serverKeys.sealIdea(letterId, idea),
      forgetAt,
    });
    await enqueue(deps.queue, letterStamp, { letterId });
  } catch (error) {
    deps.log.error('stamp not ordered', { letterId, ...describeError(error) });
  }
}
