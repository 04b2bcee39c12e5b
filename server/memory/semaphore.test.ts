import { expect, test } from 'vitest';
import { createSemaphore } from '#server/memory/semaphore.ts';
import { createPhotoProcessor } from '#server/photos/process-photo.ts';
import { makePhoto } from '#tests/support/make-photos.ts';

/** A task that ends when told to. */
function held() {
  let finish = (_error?: Error) => {};
  const ended = new Promise<void>((resolve, reject) => {
    finish = (error) => (error ? reject(error) : resolve());
  });
  return { task: () => ended, finish };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('no more tasks than the capacity are inside, and they enter in order', async () => {
  const pass = createSemaphore({ capacity: 2, maxWaiting: 10 });
  let inside = 0;
  let most = 0;
  const order: number[] = [];
  await Promise.all(
    Array.from({ length: 9 }, (_, turn) =>
      pass(1, async () => {
        order.push(turn);
        inside++;
        most = Math.max(most, inside);
        await settled();
        inside--;
      }),
    ),
  );
  expect(most).toBe(2);
  expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
});

test('a heavy task waits until there is room, and the light ones behind it do not overtake', async () => {
  const pass = createSemaphore({ capacity: 3, maxWaiting: 10 });
  const entered: string[] = [];
  const light = held();
  const heavy = held();
  const enter = (weight: number, name: string, task: () => Promise<void>) =>
    pass(weight, () => {
      entered.push(name);
      return task();
    });
  const all = [
    enter(1, 'light', light.task),
    enter(3, 'heavy', heavy.task),
    enter(1, 'last', async () => {}),
  ];
  await settled();
  expect(entered).toEqual(['light']);
  light.finish();
  await settled();
  expect(entered).toEqual(['light', 'heavy']);
  heavy.finish();
  await Promise.all(all);
  expect(entered).toEqual(['light', 'heavy', 'last']);
});

test('a task heavier than everything passes alone', async () => {
  const pass = createSemaphore({ capacity: 2, maxWaiting: 1 });
  expect(await pass(99, async () => 'done')).toBe('done');
  expect(await pass(2, async () => 'after')).toBe('after');
});

test('a task that fails gives its place back', async () => {
  const pass = createSemaphore({ capacity: 1, maxWaiting: 1 });
  await expect(pass(1, async () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await pass(1, async () => 'next')).toBe('next');
});

test('when the waiting room is full the next is told when to come back', async () => {
  const pass = createSemaphore({ capacity: 1, maxWaiting: 2 });
  const first = held();
  const all = [pass(1, first.task), pass(1, async () => {}), pass(1, async () => {})];
  await expect(pass(1, async () => {})).rejects.toMatchObject({ code: 'unavailable', retryAfterS: 15 });
  first.finish();
  await Promise.all(all);
  expect(await pass(1, async () => 'again')).toBe('again');
});

test('photos beyond the waiting room are refused and the others are processed', async () => {
  const photo = await makePhoto(1, { width: 640, height: 480 });
  const { processPhoto } = createPhotoProcessor({ maxWaiting: 3 });
  const outcomes = await Promise.all(
    Array.from({ length: 12 }, () =>
      processPhoto(photo).then(
        () => 'done',
        (error) => error.code,
      ),
    ),
  );
  expect(outcomes.filter((outcome) => outcome === 'done').length).toBeGreaterThanOrEqual(4);
  expect(new Set(outcomes)).toEqual(new Set(['done', 'unavailable']));
});

test('who comes first waits for those inside and for nobody else, and is not refused', async () => {
  const pass = createSemaphore({ capacity: 1, maxWaiting: 1 });
  const entered: string[] = [];
  const inside = held();
  const enter = (name: string, task = async () => {}, order?: { first: boolean }) =>
    pass(1, () => task().then(() => void entered.push(name)), order);
  const all = [enter('inside', inside.task), enter('waiting')];
  all.push(enter('first', undefined, { first: true }), enter('second', undefined, { first: true }));
  await expect(enter('too many')).rejects.toMatchObject({ code: 'unavailable' });
  inside.finish();
  await Promise.all(all);
  expect(entered).toEqual(['inside', 'first', 'second', 'waiting']);
});
