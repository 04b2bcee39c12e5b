import { SECOND } from '#core/durations.ts';
import { createKeyedSemaphore, type KeyedSemaphore } from './keyed-semaphore.ts';
import {
  bodyMemory,
  createMemoryBudget,
  type LargeRequest,
  type MemoryBudget,
  type MemoryReservation,
} from './memory-budget.ts';

/** A body up to this size needs no reservation, however many arrive at once. */
export const SMALL_BODY_BYTES = 64_000;
/**
 * The content of a body. Text has memory of its own, for six of the longest letters, so that it
 * does not wait for photos.
 */
export type BodyKind = 'words' | 'photos';
const rooms: Record<BodyKind, MemoryBudget> = {
  words: createMemoryBudget({ maxBytes: 36_000_000, slowAfterMs: 5 * SECOND, inOrder: true }),
  photos: bodyMemory,
};

/**
 * Bodies of one network that are read, or wait for memory, at once. A network that sends slowly
 * occupies no more than these; other networks' bodies come next.
 */
const turns: Record<BodyKind, KeyedSemaphore> = {
  words: createKeyedSemaphore({ permits: 6, maxWaiting: 250 }),
  photos: createKeyedSemaphore({ permits: 2, maxWaiting: 250 }),
};

/**
 * Waits for the network's turn, then for memory for a body. Null when none became free for a long
 * time, too many of the network are waiting, or the client has gone.
 */
export async function holdBody(
  network: string,
  kind: BodyKind,
  request: LargeRequest,
): Promise<MemoryReservation | null> {
  const done = await turns[kind].acquire(network).catch(() => null);
  if (!done) return null;
  const held = request.isGone?.() ? null : await rooms[kind].hold(request);
  if (!held) {
    done();
    return null;
  }
  return {
    shrinkTo: held.shrinkTo,
    release() {
      held.release();
      done();
    },
  };
}
