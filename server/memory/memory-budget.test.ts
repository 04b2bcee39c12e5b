import { afterEach, expect, test, vi } from 'vitest';
import { createMemoryBudget } from '#server/memory/memory-budget.ts';

afterEach(() => vi.unstubAllGlobals());

const request = (bytes: number, arrived: number | null = null) => {
  let gaveWay = false;
  return {
    bytes,
    arrived: () => arrived,
    evict: () => {
      gaveWay = true;
    },
    gaveWay: () => gaveWay,
  };
};

test('requests that fit are let in at once, the next when there is room', async () => {
  const { hold } = createMemoryBudget({ maxBytes: 10 });
  const [one, other] = [await hold(request(6)), await hold(request(4))];
  let third: unknown = 'waiting';
  const entering = hold(request(5)).then((release) => {
    third = release;
  });
  other?.release();
  // A second time gives nothing more back.
  other?.release();
  await new Promise((resolve) => setTimeout(resolve, 120));
  expect(third).toBe('waiting');
  one?.release();
  await entering;
  expect(third).not.toBe('waiting');
});

test('one larger than everything is let in alone', async () => {
  const { hold } = createMemoryBudget({ maxBytes: 10, waitMs: 0 });
  const held = await hold(request(99));
  expect(held).not.toBeNull();
  expect(await hold(request(1))).toBeNull();
  held?.release();
  expect(await hold(request(1))).not.toBeNull();
});

test('who sends slowly gives way to who waits; who sends fast, or has sent all, does not', async () => {
  const { hold } = createMemoryBudget({ maxBytes: 10, slowAfterMs: 0, waitMs: 200 });
  const done = request(5, null);
  const fast = request(3, 1e12);
  const slow = request(2, 1);
  for (const one of [done, fast, slow]) expect(await hold(one)).not.toBeNull();
  expect(await hold(request(2))).not.toBeNull();
  expect([done.gaveWay(), fast.gaveWay(), slow.gaveWay()]).toEqual([false, false, true]);
  expect(await hold(request(2))).toBeNull();
});

test('what was released takes room until it is collected, and nobody gives way for that', async () => {
  const collect = vi.fn();
  vi.stubGlobal('gc', collect);
  const { hold } = createMemoryBudget({ maxBytes: 10, slowAfterMs: 0 });
  const held = await hold(request(6));
  const slow = request(2, 1);
  await hold(slow);
  collect.mockClear();
  held?.release();
  const next = hold(request(7)).then(() => collect.mock.calls.length);
  expect(await next).toBe(1);
  expect(slow.gaveWay()).toBe(false);
});

test('what turned out smaller gives the rest back at once', async () => {
  const { hold } = createMemoryBudget({ maxBytes: 10, waitMs: 0 });
  const held = await hold(request(9));
  held?.shrinkTo(3);
  held?.shrinkTo(8);
  const other = await hold(request(7));
  expect(other).not.toBeNull();
  expect(await hold(request(1))).toBeNull();
  held?.release();
  expect(await hold(request(3))).not.toBeNull();
});

test('nothing is held for whoever has gone', async () => {
  const { hold } = createMemoryBudget({ maxBytes: 10 });
  await hold(request(9));
  expect(await hold({ ...request(2), isGone: () => true })).toBeNull();
});

test('who came first enters first where order is kept, however small the next one is', async () => {
  const { hold } = createMemoryBudget({ maxBytes: 10, inOrder: true });
  const entered: string[] = [];
  const inside = await hold(request(9));
  const large = hold(request(10)).then((held) => {
    entered.push('large');
    held?.release();
  });
  const small = hold(request(1)).then(() => entered.push('small'));
  await new Promise((resolve) => setTimeout(resolve, 120));
  expect(entered).toEqual([]);
  inside?.release();
  await Promise.all([large, small]);
  expect(entered).toEqual(['large', 'small']);
});
