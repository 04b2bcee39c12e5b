import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#core/id.ts';
import { everyByte, sampleLetter } from '#tests/support/database-samples.ts';
import type { SuiteContext } from '../store-suite.ts';

export function threadTests(context: SuiteContext): void {
  describe('threads', () => {
    const [me, friend] = [newId(), newId()];
    /** By the time that orders them, the latest first. */
    const ids: string[] = [];

    beforeAll(async () => {
      const { letters } = context.stores;
      for (let i = 0; i < 12; i++) {
        const mine = i % 3 === 0;
        const ends = mine ? { authorId: me, receiverId: friend } : { authorId: friend, receiverId: me };
        const letter = sampleLetter({ ...ends, sentAt: new Date(1000 + i * 10) });
        await letters.insert(letter);
        if (!mine) await letters.markDelivered(letter.id, new Date(1000 + i * 10));
        ids.unshift(letter.id);
      }
      const withheld = sampleLetter({ authorId: friend, receiverId: me });
      await letters.insert(withheld);
      await letters.withhold(withheld.id, new Date(1500));
      await letters.insert(sampleLetter({ authorId: me, sentAt: new Date(1015) }));
    });

    it('have both directions, the latest first, every letter once, and only what arrived', async () => {
      const { threads } = context.stores;
      for (const limit of [1, 5, 20]) {
        const seen: string[] = [];
        let cursor: string | null = null;
        do {
          const page: Awaited<ReturnType<typeof threads.list>> = await threads.list(me, friend, {
            cursor,
            limit,
          });
          seen.push(...page.items.map(({ id }) => id));
          cursor = page.nextCursor;
        } while (cursor);
        expect(seen).toEqual(ids);
      }
      const { items } = await threads.list(me, friend, { limit: 3 });
      expect(items.map(({ role }) => role)).toEqual(['receiver', 'receiver', 'author']);
      expect(await threads.list(me, newId(), { limit: 3 })).toEqual({ items: [], nextCursor: null });
      expect((await threads.list('nobody', friend, { limit: 3 })).items).toEqual([]);
    });

    it('are counted up to a cap, begin with the first letter, and are cut by time', async () => {
      const { threads } = context.stores;
      expect(await threads.count(me, friend, 100)).toBe(12);
      expect(await threads.count(me, friend, 4)).toBe(8);
      expect(await threads.count(me, newId(), 4)).toBe(0);
      expect(await threads.start(me, friend)).toEqual(new Date(1000));
      expect(await threads.start(me, newId())).toBeNull();
      const times = { from: new Date(1020), until: new Date(1050) };
      const { items } = await threads.list(me, friend, { limit: 20, ...times });
      expect(items.map(({ at }) => at.getTime())).toEqual([1040, 1030, 1020]);
      const [first] = items;
      const page = await threads.list(me, friend, { limit: 1, ...times });
      const rest = await threads.list(me, friend, { limit: 9, cursor: page.nextCursor, ...times });
      expect([first?.id, ...rest.items.map(({ id }) => id)]).toEqual(items.map(({ id }) => id));
    });

    it('keep a star for each of the two, and give none to others or before a letter arrives', async () => {
      const { letters, threads } = context.stores;
      const letter = sampleLetter({ authorId: me, receiverId: friend, sentAt: new Date(9000) });
      await letters.insert(letter);
      expect(await threads.setStarred(letter.id, friend, true)).toBe(false);
      await letters.markDelivered(letter.id, new Date(9000));
      const starOf = async (user: string, other: string) =>
        (await threads.list(user, other, { limit: 30 })).items.find(({ id }) => id === letter.id)?.starred;
      expect(await threads.setStarred(letter.id, friend, true)).toBe(true);
      expect(await threads.setStarred(letter.id, friend, true)).toBe(false);
      expect([await starOf(me, friend), await starOf(friend, me)]).toEqual([false, true]);
      expect(await threads.setStarred(letter.id, me, true)).toBe(true);
      expect(await threads.setStarred(letter.id, friend, false)).toBe(true);
      expect([await starOf(me, friend), await starOf(friend, me)]).toEqual([true, false]);
      expect(await threads.setStarred(letter.id, newId(), true)).toBe(false);
      expect(await threads.setStarred('x', me, true)).toBe(false);
      await letters.forgetMember(letter.id, 'author');
      expect(await letters.findById(letter.id)).toMatchObject({ starredByAuthor: null });
      await letters.delete(letter.id);
    });

    it('take an opened letter out of the inbox, and put it back in its place', async () => {
      const { letters, threads } = context.stores;
      const id = ids[0] ?? '';
      expect(await threads.setArchived(id, me, true)).toBe(false);
      await letters.markRead(id, me, new Date(2000), everyByte);
      for (const other of [friend, newId(), 'x'])
        expect(await threads.setArchived(id, other, true)).toBe(false);
      const before = (await letters.listInbox(me, { limit: 20 })).items;
      expect(await threads.setArchived(id, me, true)).toBe(true);
      expect((await letters.listInbox(me, { limit: 20 })).items).toEqual(before.slice(1));
      expect((await letters.listInbox(me, { limit: 20 }, true)).items).toEqual(before.slice(0, 1));
      expect((await threads.list(me, friend, { limit: 1 })).items[0]?.id).toBe(id);
      expect(await threads.setArchived(id, me, false)).toBe(true);
      expect((await letters.listInbox(me, { limit: 20 })).items).toEqual(before);
      expect((await letters.listInbox(me, { limit: 20 }, true)).items).toEqual([]);
    });
  });
}
