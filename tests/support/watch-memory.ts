import { Worker } from 'node:worker_threads';

/** What a server and the processes it has started held together when they held most, bytes. */
export interface MemoryPeak {
  total: number;
  /** Of that, the server's own. */
  server: number;
}

export interface MemoryWatch {
  /** Since the last call of this. */
  peak(): MemoryPeak;
  /** Since the beginning. */
  highest(): MemoryPeak;
  end(): Promise<void>;
}

const nothing: MemoryPeak = { total: 0, server: 0 };

/** Watches the memory of a process and its children as the kernel counts it (Linux), some thirty times a second. */
export function watchMemory(pid: number): MemoryWatch {
  const worker = new Worker(new URL('./watch-memory-worker.ts', import.meta.url), { workerData: { pid } });
  let recent = nothing;
  let highest = nothing;
  worker.on('message', ([server = 0, ...children]: number[]) => {
    const now = { total: children.reduce((sum, bytes) => sum + bytes, server), server };
    if (now.total > recent.total) recent = now;
    if (now.total > highest.total) highest = now;
  });
  return {
    peak() {
      const peak = recent;
      recent = nothing;
      return peak;
    },
    highest: () => highest,
    end: async () => void (await worker.terminate()),
  };
}
