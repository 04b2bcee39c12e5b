import { AppError } from '#server/errors.ts';

interface WorkBounds {
  /** Units of work in progress at once. */
  capacity: number;
  /** Tasks that may wait for their turn; one more is refused. */
  maxWaiting: number;
}

/** Lets a task in when there is room for its weight; one heavier than the whole capacity passes alone. */
export type Semaphore = <T>(weight: number, task: () => Promise<T>, order?: { first: boolean }) => Promise<T>;

/**
 * A semaphore for heavy work: tasks pass in order as long as their weights fit into the capacity, and the rest wait.
 * When too many are waiting, the next is refused with `unavailable` rather than held in memory. A task that finds
 * nobody waiting is never refused.
 */
export function createSemaphore({ capacity, maxWaiting }: WorkBounds): Semaphore {
  let inside = 0;
  const waiting: { weight: number; first: boolean; enter: () => void }[] = [];

  const enterNext = () => {
    for (let next = waiting[0]; next && inside + next.weight <= capacity; next = waiting[0]) {
      waiting.shift();
      inside += next.weight;
      next.enter();
    }
  };

  return async function pass(weight, task, { first } = { first: false }) {
    if (!first && waiting.length >= maxWaiting) {
      throw new AppError(
        'unavailable',
        'Lots of photos are being prepared right now. Please try again in a little while.',
        { retryAfterS: 15 },
      );
    }
    const taken = Math.min(weight, capacity);
    await new Promise<void>((enter) => {
      const behind = waiting.findIndex((other) => first && !other.first);
      waiting.splice(behind < 0 ? waiting.length : behind, 0, { weight: taken, first, enter });
      enterNext();
    });
    try {
      return await task();
    } finally {
      inside -= taken;
      enterNext();
    }
  };
}
