import { AppError } from '#server/errors.ts';

interface WorkBounds {
  capacity: number;
  /** How many tasks may wait; one more is refused. */
  maxWaiting: number;
}

/**
 * Runs a task when there is capacity for its weight. One heavier than the whole capacity runs
 * alone.
 */
export type Semaphore = <T>(weight: number, task: () => Promise<T>, order?: { first: boolean }) => Promise<T>;

/**
 * Creates a semaphore for heavy work. Tasks run in order as long as their weights fit into the
 * capacity, and the rest wait. When too many are waiting, refuses the next with `unavailable`
 * rather than holding it in memory. Never refuses a task when none is waiting.
 */
export function createSemaphore({ capacity, maxWaiting }: WorkBounds): Semaphore {
  let inUse = 0;
  const waiting: { weight: number; first: boolean; enter: () => void }[] = [];

  const enterNext = () => {
    for (let next = waiting[0]; next && inUse + next.weight <= capacity; next = waiting[0]) {
      waiting.shift();
      inUse += next.weight;
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
      inUse -= taken;
      enterNext();
    }
  };
}
