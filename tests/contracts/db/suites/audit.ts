import { expect, it } from 'vitest';
import { newId } from '#core/id.ts';
import { sampleEvent } from '#tests/support/database-samples.ts';
import type { SuiteContext } from '../store-suite.ts';

export function auditStoreTests(context: SuiteContext): void {
  it('lists what happened to one person, newest first, page by page, each event once', async () => {
    const { audit } = context.stores;
    const userId = newId();
    // Two at the same moment: a page may end between them.
    const moments = [1, 2, 3, 3, 4].map((ms) => new Date(1_700_000_000_000 + ms));
    const events = moments.map((at) => sampleEvent({ userId, at, device: 'Firefox on Linux' }));
    for (const event of [...events, sampleEvent()]) await audit.insert(event);
    const first = await audit.list(userId, { limit: 3 });
    const second = await audit.list(userId, { limit: 3, cursor: first.nextCursor });
    const listed = [...first.items, ...second.items];
    expect(listed.map(({ at }) => at)).toEqual(moments.reverse());
    expect(new Set(listed.map(({ id }) => id))).toEqual(new Set(events.map(({ id }) => id)));
    expect(second.nextCursor).toBeNull();
    expect(listed[0]).toEqual({ ...events.at(-1), address: null });
  });

  it('knows whether something was noted before, and from where', async () => {
    const { audit } = context.stores;
    const place = { device: 'Firefox on Linux', address: '203.0.x.x' };
    const event = sampleEvent({ kind: 'logged-in', ...place });
    await audit.insert(event);
    expect(await audit.has(event.userId, 'logged-in')).toBe(true);
    expect(await audit.has(event.userId, 'logged-in', place)).toBe(true);
    expect(await audit.has(event.userId, 'logged-in', { ...place, address: '' })).toBe(false);
    const before = new Date(event.at.getTime() - 1);
    expect(await audit.has(event.userId, 'logged-in', { ...place, since: before })).toBe(true);
    expect(await audit.has(event.userId, 'logged-in', { ...place, since: event.at })).toBe(false);
    expect(await audit.has(event.userId, 'new-device')).toBe(false);
    expect(await audit.has(newId(), 'logged-in')).toBe(false);
  });

  it('forgets everything of one person, and nothing of another', async () => {
    const { audit } = context.stores;
    const [mine, other] = [sampleEvent(), sampleEvent()];
    await audit.insert(mine);
    await audit.insert(other);
    expect(await audit.deleteByUser(mine.userId)).toBe(1);
    expect((await audit.list(mine.userId, { limit: 5 })).items).toEqual([]);
    expect((await audit.list(other.userId, { limit: 5 })).items).toHaveLength(1);
    expect(await audit.list('nobody', { limit: 5 })).toEqual({ items: [], nextCursor: null });
  });
}
