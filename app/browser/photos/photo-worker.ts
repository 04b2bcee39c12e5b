import { SECOND } from '#core/durations.ts';
import { PhotoRefused } from '#core/photos/photo-refused.ts';
import type { PreparedPhoto } from '#core/photos/prepared-photo.ts';
import { trustedScriptUrl } from '../trusted-script-url.ts';
import workerPath from './photo.worker.ts?worker&url';
import { PhotoError } from './photo-error.ts';
import type { PhotoAnswer, PhotoRequest, PhotoToOpen, PhotoTrouble } from './photo-messages.ts';

export class PhotosCancelled extends Error {
  override readonly name = 'PhotosCancelled';
}

const errorOf = (trouble: PhotoTrouble) =>
  trouble.what === 'refused' ? new PhotoRefused(trouble.message) : new PhotoError(trouble);

type Waiting = {
  resolve(result: PreparedPhoto | Blob): void;
  reject(error: Error): void;
};
/**
 * A browser short of memory may end a worker silently. These are the milliseconds between two
 * pings, and how many may go unanswered. Both pause with the page.
 */
const ALIVE_EVERY = 5 * SECOND;
const MAY_MISS = 4;
const ended =
  'We couldn’t finish your photos; this device may be low on memory. Nothing is lost. Close some tabs or apps and try again.';

type Ask = PhotoRequest extends infer Each ? (Each extends { id: number } ? Omit<Each, 'id'> : never) : never;

/** Creates the page's side of the photo worker, which starts on first use. */
export function createPhotoWorker() {
  let worker: Worker | null = null;
  let lastId = 0;
  const waiting = new Map<number, Waiting>();
  let watch: ReturnType<typeof setInterval> | undefined;
  let missed = 0;

  const stop = (error: Error) => {
    worker?.terminate();
    worker = null;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
    clearInterval(watch);
  };

  const askWhetherAlive = () => {
    if (missed === MAY_MISS) return stop(new PhotoError({ what: 'failed', message: ended }));
    missed += 1;
    worker?.postMessage({ ask: 'alive' } satisfies PhotoRequest);
  };

  const start = (): Worker => {
    worker ??= new Worker(trustedScriptUrl(workerPath), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<PhotoAnswer>) => {
      missed = 0;
      if ('alive' in data) return;
      const asked = waiting.get(data.id);
      if (!asked) return;
      waiting.delete(data.id);
      if (waiting.size === 0) clearInterval(watch);
      if ('trouble' in data) asked.reject(errorOf(data.trouble));
      else asked.resolve('opened' in data ? data.opened : data.prepared);
    };
    worker.onerror = () => {
      const message = 'This browser couldn’t open your photos. Reload the page.';
      stop(new PhotoError({ what: 'failed', message }));
    };
    return worker;
  };

  function ask<Result extends PreparedPhoto | Blob>(question: Ask): Promise<Result> {
    lastId += 1;
    const id = lastId;
    if (waiting.size === 0) {
      missed = 0;
      watch = setInterval(askWhetherAlive, ALIVE_EVERY);
    }
    return new Promise<Result>((resolve, reject) => {
      waiting.set(id, { resolve: resolve as Waiting['resolve'], reject });
      start().postMessage({ ...question, id } satisfies PhotoRequest);
    });
  }

  return {
    /** Prepares a photo. @throws PhotoRefused, PhotoError, PhotosCancelled */
    prepare: (file: Blob) => ask<PreparedPhoto>({ ask: 'prepare', file }),

    /** Fetches a sealed photo and opens it. @throws PhotoError, PhotosCancelled */
    open: (photo: PhotoToOpen) => ask<Blob>({ ask: 'open', photo }),

    /** Stops all work immediately. */
    cancel: () => stop(new PhotosCancelled('The photos were stopped.')),
  };
}
