import { afterEach, expect, test, vi } from 'vitest';
import { DAY } from '#core/durations.ts';
import { Heap } from '#server/queue/heap.ts';
import { systemTimers } from '#server/queue/timers.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('a wait of more than 24.8 days, which Node would cut to nothing, is waited for', () => {
  vi.useFakeTimers();
  const run = vi.fn();
  systemTimers.after(60 * DAY, run);
  vi.advanceTimersByTime(60 * DAY - 1);
  expect(run).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(run).toHaveBeenCalledOnce();
});

test('a cancelled wait never ends, however far it has come', () => {
  vi.useFakeTimers();
  const run = vi.fn();
  const cancel = systemTimers.after(60 * DAY, run);
  vi.advanceTimersByTime(40 * DAY);
  cancel();
  vi.advanceTimersByTime(40 * DAY);
  expect(run).not.toHaveBeenCalled();
});

test('a heap gives back any numbers in order, also while more come in', () => {
  const heap = new Heap<number>((a, b) => a - b);
  const random = (seed: number) => (seed * 48_271) % 2_147_483_647;
  const out: number[] = [];
  const all: number[] = [];
  let seed = 1;
  for (let round = 0; round < 2000; round += 1) {
    seed = random(seed);
    heap.push(seed % 1000);
    all.push(seed % 1000);
  }
  for (let item = heap.pop(); item !== undefined; item = heap.pop()) out.push(item);
  expect(out).toEqual(all.sort((a, b) => a - b));
  expect(heap.peek()).toBeUndefined();
});
