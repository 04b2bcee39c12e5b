import { afterEach, expect, test, vi } from 'vitest';
import { createHeldBytes } from '#server/limits/held-bytes.ts';

afterEach(() => vi.unstubAllGlobals());

const request = (bytes: number, arrived: number | null = null) => {
  let gaveWay = false;
  return {
    bytes,
    arrived: () => arrived,
    giveWay: () => {
      gaveWay = true;
    },
    gaveWay: () => gaveWay,
  };
};

test('requests that fit are let in at once, the next when there is room', async () => {
  const { hold } = createHeldBytes({ maxBytes: 10 });
  const [one, other] = [await hold(request(6)), await hold(request(4))];
  let third: unknown = 'waiting';
  const entering = hold(request(5)).then((release) => {
    third = release;
  });
  other?.();
  // A second time gives nothing more back.
  other?.();
  await new Promise((resolve) => setTimeout(resolve, 120));
  expect(third).toBe('waiting');
  one?.();
  await entering;
  expect(third).toBeTypeOf('function');
});

test('one larger than everything is let in alone', async () => {
  const { hold } = createHeldBytes({ maxBytes: 10, waitMs: 0 });
  const release = await hold(request(99));
  expect(release).toBeTypeOf('function');
  expect(await hold(request(1))).toBeNull();
  release?.();
  expect(await hold(request(1))).toBeTypeOf('function');
});

test('who sends slowly gives way to who waits; who sends fast, or has sent all, does not', async () => {
  const { hold } = createHeldBytes({ maxBytes: 10, patienceMs: 0, waitMs: 200 });
  const done = request(5, null);
  const fast = request(3, 1e12);
  const slow = request(2, 1);
  for (const one of [done, fast, slow]) expect(await hold(one)).toBeTypeOf('function');
  expect(await hold(request(2))).toBeTypeOf('function');
  expect([done.gaveWay(), fast.gaveWay(), slow.gaveWay()]).toEqual([false, false, true]);
  expect(await hold(request(2))).toBeNull();
});

test('what was released takes room until it is collected, and nobody gives way for that', async () => {
  const collect = vi.fn();
  vi.stubGlobal('gc', collect);
  const { hold } = createHeldBytes({ maxBytes: 10, patienceMs: 0 });
  const release = await hold(request(6));
  const slow = request(2, 1);
  await hold(slow);
  collect.mockClear();
  release?.();
  const next = hold(request(7)).then(() => collect.mock.calls.length);
  expect(await next).toBe(1);
  expect(slow.gaveWay()).toBe(false);
});
