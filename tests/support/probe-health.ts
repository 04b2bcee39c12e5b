import { Worker } from 'node:worker_threads';

export interface HealthProbe {
  /** The longest wait for `/healthz` since the last call of this, ms. Resolves once another answer has come. */
  longest(): Promise<number>;
  end(): Promise<void>;
}

/** Asks a server for `/healthz` without a pause, as somebody at another address does. */
export function probeHealth(url: string, from: string): HealthProbe {
  const worker = new Worker(new URL('./probe-health-worker.ts', import.meta.url), {
    workerData: { url, from },
  });
  let longest = 0;
  let noteNext = () => {};
  worker.on('message', (ms: number) => {
    longest = Math.max(longest, ms);
    noteNext();
  });
  return {
    async longest() {
      // What is under way now may be what took longest.
      await new Promise<void>((resolve) => {
        noteNext = resolve;
      });
      const result = longest;
      longest = 0;
      return result;
    },
    end: async () => void (await worker.terminate()),
  };
}
