import { expect, it } from 'vitest';
import { MINUTE } from '#core/durations.ts';
import { newId } from '#core/id.ts';
import type { SuiteContext } from '../store-suite.ts';

export function tryCountStoreTests(context: SuiteContext): void {
  const from = (ms: number) => new Date(Date.now() + ms);

  it('lose no point of fifty that are added at once, and run from the first', async () => {
    const { tryCounts } = context.stores;
    const id = newId();
    const now = new Date();
    const ends = await Promise.all(
      Array.from({ length: 50 }, (_, n) => tryCounts.add(id, 1, now, from(MINUTE + n))),
    );
    expect(ends.map(({ points }) => points).sort((a, b) => a - b)).toEqual(ends.map((_, n) => n + 1));
    expect(new Set(ends.map(({ expiresAt }) => expiresAt.getTime())).size).toBe(1);
    expect(await tryCounts.find(id, now)).toEqual({ id, points: 50, expiresAt: ends[0]?.expiresAt });
  });

  it('take points back', async () => {
    const { tryCounts } = context.stores;
    const id = newId();
    await tryCounts.add(id, 3, new Date(), from(MINUTE));
    expect(await tryCounts.add(id, -1, new Date(), from(MINUTE))).toMatchObject({ points: 2 });
  });

  it('begin anew, once, when their time is over but they are still there', async () => {
    const { tryCounts } = context.stores;
    const id = newId();
    await tryCounts.add(id, 9, new Date(), from(MINUTE));
    const after = from(2 * MINUTE);
    expect(await tryCounts.find(id, after)).toBeNull();
    const ends = await Promise.all(
      Array.from({ length: 20 }, () => tryCounts.add(id, 1, after, from(3 * MINUTE))),
    );
    expect(Math.max(...ends.map(({ points }) => points))).toBe(20);
  });

  it('are put in the place of others, and deleted', async () => {
    const { tryCounts } = context.stores;
    const id = newId();
    await Promise.all([1, 2, 3].map(() => tryCounts.set(id, 7, from(MINUTE))));
    await tryCounts.set(id, 8, from(2 * MINUTE));
    expect(await tryCounts.find(id, new Date())).toMatchObject({ points: 8 });
    expect(await tryCounts.delete(id)).toBe(true);
    expect(await tryCounts.delete(id)).toBe(false);
    expect(await tryCounts.find(id, new Date())).toBeNull();
  });
}
