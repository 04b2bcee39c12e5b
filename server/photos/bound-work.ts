import { AppError } from '#server/errors.ts';

export interface WorkBounds {
  /** Units of work in progress at once. */
  capacity: number;
  /** Tasks that may wait for their turn; one more is refused. */
  maxWaiting: number;
}

/**
 * A doorway for heavy work: tasks pass in order while their weights fit into the capacity, the rest wait, and when too
 * many wait the next is refused with `unavailable` rather than held in memory.
 */
export function boundWork({ capacity, maxWaiting }: WorkBounds) {
  let inside = 0;
  const waiting: { weight: number; enter: () => void }[] = [];

  const admit = () => {
    for (let next = waiting[0]; next && inside + next.weight <= capacity; next = waiting[0]) {
      waiting.shift();
      inside += next.weight;
      next.enter();
    }
  };

  /** @param weight units this task takes; one heavier than the whole capacity passes alone. */
  return async function pass<T>(weight: number, task: () => Promise<T>): Promise<T> {
    if (waiting.length >= maxWaiting) {
      throw new AppError(
        'unavailable',
        'A great many photos are being prepared at this moment. Please try again in a little while.',
        { retryAfterS: 15 },
      );
    }
    const taken = Math.min(weight, capacity);
    await new Promise<void>((enter) => {
      waiting.push({ weight: taken, enter });
      admit();
    });
    try {
      return await task();
    } finally {
      inside -= taken;
      admit();
    }
  };
}
