/** The engine's clock and timers; tests inject their own and advance it by hand. */
export interface Timers {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls `run` once after `ms`; the returned function cancels it. */
  after(ms: number, run: () => void): () => void;
}

/** Node fires a timer of 2^31 ms or more at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** The system's clock. Its timers don't keep a process alive. */
export const systemTimers: Timers = {
  now: () => Date.now(),
  after(ms, run) {
    let timer: NodeJS.Timeout;
    const wait = (left: number) => {
      const step = Math.min(left, LONGEST_MS);
      timer = setTimeout(() => (left > step ? wait(left - step) : run()), step);
      timer.unref();
    };
    wait(Math.max(0, ms));
    return () => clearTimeout(timer);
  },
};
