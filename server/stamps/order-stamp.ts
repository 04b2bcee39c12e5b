import { DAY } from '#core/durations.ts';
import type { Deps } from '../deps.ts';
import { describeError } from '../log.ts';
import { enqueue } from '../queue/enqueue.ts';
import { letterStamp } from './stamp.jobs.ts';

/** How long an idea is stored at most, whatever happens to its job. */
export const IDEA_LIFE_MS = DAY;

/**
 * Stores a stamp idea for the worker, sealed under a server key, and enqueues the painting. Best
 * effort: the letter is already sent and shows its drawn stamp until a painted one arrives. A
 * second idea is ignored while the first is pending.
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
