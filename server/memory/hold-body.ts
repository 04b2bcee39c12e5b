import { SECOND } from '#core/durations.ts';
import { createKeyedSemaphore, type KeyedSemaphore } from './keyed-semaphore.ts';
import {
  bodyMemory,
  createMemoryBudget,
  type LargeRequest,
  type MemoryBudget,
  type MemoryReservation,
} from './memory-budget.ts';

/** A body of no more than this holds too little for a reservation, however many arrive at once. */
export const SMALL_BODY_BYTES = 64_000;
/** What a body has in it. Words have room of their own, for six of the longest letters, so that they don't wait for photos. */
export type BodyKind = 'words' | 'photos';
const rooms: Record<BodyKind, MemoryBudget> = {
  words: createMemoryBudget({ maxBytes: 36_000_000, slowAfterMs: 5 * SECOND, inOrder: true }),
  photos: bodyMemory,
};

/**
 * Bodies of one network that are read, or wait for room, at once. What it sends slowly takes no more of the room than they
 * do, and those of others are next.
 */
const turns: Record<BodyKind, KeyedSemaphore> = {
  words: createKeyedSemaphore({ permits: 6, maxWaiting: 250 }),
  photos: createKeyedSemaphore({ permits: 2, maxWaiting: 250 }),
};

/**
 * Waits for the network's turn, and then for room for a body that is about to be read. Null when there was no room for a
 * long time, too many of the network wait, or nobody waits any more.
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
