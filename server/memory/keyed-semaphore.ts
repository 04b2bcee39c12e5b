import { AppError } from '../errors.ts';

export interface KeyedSemaphore {
  /**
   * Acquires one of the permits of a key.
   *
   * @returns the function that releases it; calling it again changes nothing
   * @throws {AppError} `too-many-requests` when too many wait for the same key already.
   */
  acquire(key: string): Promise<() => void>;
}

/** Limits concurrent tasks by key, in order. Tasks of other keys never wait for them. */
export function createKeyedSemaphore({ permits, maxWaiting }: { permits: number; maxWaiting: number }) {
  const keys = new Map<string, { running: number; waiting: (() => void)[] }>();

  return {
    async acquire(key) {
      const tasks = keys.get(key) ?? { running: 0, waiting: [] };
      keys.set(key, tasks);
      if (tasks.running < permits) tasks.running += 1;
      else if (tasks.waiting.length < maxWaiting) {
        // The task that finishes hands its permit over.
        await new Promise<void>((resolve) => tasks.waiting.push(resolve));
      } else {
        throw new AppError('too-many-requests', 'That was a lot at once. Please try again in a moment.', {
          retryAfterS: 5,
        });
      }
      let given = false;
      return () => {
        if (given) return;
        given = true;
        const next = tasks.waiting.shift();
        if (next) next();
        else {
          tasks.running -= 1;
          if (tasks.running === 0) keys.delete(key);
        }
      };
    },
  } satisfies KeyedSemaphore as KeyedSemaphore;
}
