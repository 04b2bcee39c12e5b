import { expect, test } from 'vitest';
import { createKeyedSemaphore } from '#server/memory/keyed-semaphore.ts';

test('so many of one key run at once, the rest in order, and those of another key at once', async () => {
  const { acquire } = createKeyedSemaphore({ permits: 2, maxWaiting: 9 });
  const entered: string[] = [];
  const enter = async (name: string, key: string) => {
    const giveBack = await acquire(key);
    entered.push(name);
    return giveBack;
  };
  const [one, two] = [await enter('one', 'a'), await enter('two', 'a')];
  const [third, fourth] = [enter('third', 'a'), enter('fourth', 'a')];
  await enter('other', 'b');
  expect(entered).toEqual(['one', 'two', 'other']);
  one();
  one();
  await third;
  expect(entered).toEqual(['one', 'two', 'other', 'third']);
  two();
  await fourth;
  expect(entered).toEqual(['one', 'two', 'other', 'third', 'fourth']);
});

test('one more than may wait is refused, and told when to come back', async () => {
  const { acquire } = createKeyedSemaphore({ permits: 1, maxWaiting: 1 });
  const giveBack = await acquire('a');
  const waiting = acquire('a');
  await expect(acquire('a')).rejects.toMatchObject({ code: 'too-many-requests', retryAfterS: 5 });
  giveBack();
  (await waiting)();
  expect(await acquire('a')).toBeTypeOf('function');
});
