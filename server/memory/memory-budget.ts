import { setTimeout as pause } from 'node:timers/promises';
import { inSeconds, SECOND } from '#core/durations.ts';

/**
 * The memory that large requests of one process may hold together: a letter with the most photos,
 * and a few ordinary ones. Further requests wait, unread.
 */
const MAX_BYTES = 70_000_000;
const WAIT_MS = 40 * SECOND;
const SOON_MS = 2 * SECOND;
/** After this time, a sender slower than 1 Mbit/s may be evicted for waiting requests. */
const SLOW_AFTER_MS = 10 * SECOND;
const SLOW_BYTES_PER_SECOND = 125_000;
/** Waits until nothing refers to a released request any more; one GC then covers several. */
const FORGET_MS = 250;
/** A GC takes some 50 ms of a processor, so a photo or two are not worth one. */
const FORGET_BYTES = 16_000_000;

export interface LargeRequest {
  /** The announced size, or the most it may be. */
  bytes: number;
  /** Bytes that have arrived so far; null once all of them have. */
  arrived(): number | null;
  /** Aborts the reading, so that its buffers can be released. */
  evict(): void;
  /** Whether the client has gone. */
  isGone?(): boolean;
}

export interface MemoryReservation {
  /** Returns the part that turned out not to be needed. */
  shrinkTo(bytes: number): void;
  /** Releases the memory, once nothing is held any more; calling it again changes nothing. */
  release(): void;
}

export interface MemoryBudget {
  /**
   * Reserves memory for a request before it is read, or for an answer before it is made. Null when
   * none became free for a long time, or the client has gone.
   */
  hold(request: LargeRequest): Promise<MemoryReservation | null>;
  /**
   * Reserves memory for work outside this process, on behalf of a request that already holds some.
   * Waits a moment for free memory, then takes it anyway, since the holders may be waiting for this
   * work. Runs the GC for released buffers first.
   */
  holdSoon(bytes: number): Promise<MemoryReservation>;
}

interface MemoryBudgetOptions {
  maxBytes?: number;
  waitMs?: number;
  slowAfterMs?: number;
  /**
   * Whether requests are admitted strictly in order, however small later ones are. By default, any
   * that fits is.
   */
  inOrder?: boolean;
}

/** Limits the memory of all large requests of a process together. */
export function createMemoryBudget(options: MemoryBudgetOptions = {}) {
  const { maxBytes = MAX_BYTES, waitMs = WAIT_MS, slowAfterMs = SLOW_AFTER_MS, inOrder = false } = options;
  /** Waiting requests, in order. */
  const queue: LargeRequest[] = [];
  const admitted = new Map<LargeRequest, { since: number; bytes: number }>();
  let held = 0;

  function isSlow(request: LargeRequest, since: number): boolean {
    const ms = performance.now() - since;
    const arrived = request.arrived();
    return ms > slowAfterMs && arrived !== null && arrived < inSeconds(ms) * SLOW_BYTES_PER_SECOND;
  }

  function release(request: LargeRequest): void {
    const bytes = admitted.get(request)?.bytes ?? 0;
    if (!admitted.delete(request)) return;
    held -= bytes;
    released += bytes;
    forgetSoon();
  }

  function shrink(request: LargeRequest, bytes: number): void {
    const entry = admitted.get(request);
    if (!entry || bytes >= entry.bytes) return;
    held -= entry.bytes - bytes;
    entry.bytes = bytes;
  }

  async function holdInOrder(request: LargeRequest): Promise<MemoryReservation | null> {
    queue.push(request);
    try {
      return await hold(request, waitMs);
    } finally {
      queue.splice(queue.indexOf(request), 1);
    }
  }

  async function hold(request: LargeRequest, timeoutMs: number): Promise<MemoryReservation | null> {
    const isBehind = () => queue.includes(request) && queue[0] !== request;
    const isFull = (taken: number) => taken > 0 && taken + request.bytes > maxBytes;
    // Released buffers occupy memory until the next GC.
    for (const started = performance.now(); isBehind() || isFull(held + unforgotten()); await pause(50)) {
      if (request.isGone?.()) return null;
      if (isBehind()) {
        if (performance.now() - started > timeoutMs) return null;
        continue;
      }
      if (!isFull(held)) {
        forgetSoon(1);
        continue;
      }
      const slow = [...admitted].find(([other, { since }]) => isSlow(other, since))?.[0];
      if (slow) {
        release(slow);
        slow.evict();
      } else if (performance.now() - started > timeoutMs) return null;
    }
    return enter(request);
  }

  function enter(request: LargeRequest): MemoryReservation {
    held += request.bytes;
    admitted.set(request, { since: performance.now(), bytes: request.bytes });
    return { shrinkTo: (bytes) => shrink(request, bytes), release: () => release(request) };
  }

  return {
    hold: (request) => (inOrder ? holdInOrder(request) : hold(request, waitMs)),
    async holdSoon(bytes) {
      const request = { bytes, arrived: () => null, evict: () => undefined };
      const reservation = (await hold(request, SOON_MS)) ?? enter(request);
      globalThis.gc?.();
      released = 0;
      return reservation;
    },
  } satisfies MemoryBudget as MemoryBudget;
}

let forgetting = false;
let released = 0;

/**
 * Runs the GC for released buffers: the engine schedules it by script allocations alone, and would
 * leave a hundred megabytes of photos until then. Works only with `--expose-gc` (scripts/start.js).
 */
function forgetSoon(fromBytes = FORGET_BYTES): void {
  if (forgetting || released < fromBytes || !globalThis.gc) return;
  forgetting = true;
  setTimeout(() => {
    forgetting = false;
    released = 0;
    globalThis.gc?.();
  }, FORGET_MS).unref();
}

function unforgotten(): number {
  return globalThis.gc ? released : 0;
}

/** For all bodies of the process; pages and procedures share it. */
export const bodyMemory = createMemoryBudget({ inOrder: true });

/** For all answers, separately: a slow upload must not stop others from reading. */
export const answerMemory = createMemoryBudget({ maxBytes: 40_000_000 });
