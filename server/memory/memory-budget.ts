import { setTimeout as pause } from 'node:timers/promises';
import { inSeconds, SECOND } from '#core/durations.ts';

/**
 * Memory that large requests of one process may hold together: a letter with as many photos as it can have, and a few
 * ordinary ones. Further ones wait for their turn, unread.
 */
const MAX_BYTES = 70_000_000;
/** How long somebody waits for room before they are asked to come back. */
const WAIT_MS = 40 * SECOND;
/** How long work waits that cannot be put off. */
const SOON_MS = 2 * SECOND;
/** After this time, a sender slower than 1 Mbit/s has to give way to those who wait. */
const SLOW_AFTER_MS = 10 * SECOND;
const SLOW_BYTES_PER_SECOND = 125_000;
/** A moment after it is released nothing refers to a request any more; several are forgotten in one go. */
const FORGET_MS = 250;
/** Looking for what can be forgotten takes some 50 ms of a processor: a photo or two are not worth it. */
const FORGET_BYTES = 16_000_000;

export interface LargeRequest {
  /** As announced, or as much as it may be. */
  bytes: number;
  /** Bytes that have arrived so far; null once all of them have. */
  arrived(): number | null;
  /** Ends the reading, so that what was read can be forgotten. */
  evict(): void;
  /** Whether nobody waits for it any more. */
  isGone?(): boolean;
}

/** Memory that is held until it is released. */
export interface MemoryReservation {
  /** Gives back what turned out not to be needed. */
  shrinkTo(bytes: number): void;
  /** To be called when nothing is held any more; once more changes nothing. */
  release(): void;
}

export interface MemoryBudget {
  /**
   * Waits for room for a request before it is read, or for an answer before it is made. Null when there was no room for a
   * long time, or nobody waits any more.
   */
  hold(request: LargeRequest): Promise<MemoryReservation | null>;
  /**
   * For work of a request that is inside, and whose memory is outside of this process: waits a moment for room beside what is held,
   * then takes it all the same, since what it waits for may wait for it. Collects what was released before.
   */
  holdSoon(bytes: number): Promise<MemoryReservation>;
}

interface MemoryBudgetOptions {
  maxBytes?: number;
  waitMs?: number;
  slowAfterMs?: number;
  /** Who came first enters first, however small the others are. False unless given: whoever fits enters. */
  inOrder?: boolean;
}

/** Bounds what all large requests of a process hold together, so that no number of them exhausts its memory. */
export function createMemoryBudget(options: MemoryBudgetOptions = {}) {
  const { maxBytes = MAX_BYTES, waitMs = WAIT_MS, slowAfterMs = SLOW_AFTER_MS, inOrder = false } = options;
  /** Those who wait in order. */
  const queue: LargeRequest[] = [];
  const inside = new Map<LargeRequest, { since: number; bytes: number }>();
  let held = 0;

  function isSlow(request: LargeRequest, since: number): boolean {
    const ms = performance.now() - since;
    const arrived = request.arrived();
    return ms > slowAfterMs && arrived !== null && arrived < inSeconds(ms) * SLOW_BYTES_PER_SECOND;
  }

  function release(request: LargeRequest): void {
    const bytes = inside.get(request)?.bytes ?? 0;
    if (!inside.delete(request)) return;
    held -= bytes;
    released += bytes;
    forgetSoon();
  }

  function shrink(request: LargeRequest, bytes: number): void {
    const entry = inside.get(request);
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
    // What was released takes its memory until it is collected.
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
      const slow = [...inside].find(([other, { since }]) => isSlow(other, since))?.[0];
      if (slow) {
        release(slow);
        slow.evict();
      } else if (performance.now() - started > timeoutMs) return null;
    }
    return enter(request);
  }

  function enter(request: LargeRequest): MemoryReservation {
    held += request.bytes;
    inside.set(request, { since: performance.now(), bytes: request.bytes });
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
 * Has the engine collect what was released: it collects by what scripts allocate, and would leave a hundred megabytes
 * of photos lying about until then. Only where the process was started with `--expose-gc` (scripts/start.js).
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

/** Of the bodies of a process: its pages and its procedures share it. */
export const bodyMemory = createMemoryBudget({ inOrder: true });

/** Of its answers, beside it: whoever sends a letter slowly keeps nobody from reading. */
export const answerMemory = createMemoryBudget({ maxBytes: 40_000_000 });
