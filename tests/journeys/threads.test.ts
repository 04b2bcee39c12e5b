import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#core/id.ts';
import type { ThreadFilter } from '#core/schemas/letters.ts';
import { type Installation, openInstallation } from '#tests/support/installation.ts';
import { befriend, makePeople, type Person, refusalOf } from '#tests/support/journey-people.ts';

let world: Installation;
let [alpha, beta, gamma] = [] as unknown as [Person, Person, Person];
beforeAll(async () => {
  world = await openInstallation({ rateLimits: false });
  [alpha, beta, gamma] = (await makePeople(world, 'alpha', 'beta', 'gamma')) as [Person, Person, Person];
  await befriend(world, alpha, beta);
});
afterAll(() => world.close());

async function send(from: Person, to: Person, title: string): Promise<string> {
  const letterId = newId();
  await (await world.as(from)).inClear.sendLetter({ letterId, to: to.username, title, body: 'Words.' });
  await world.settle();
  return letterId;
}

const api = async (person: Person) => (await world.as(person)).letters;
async function thread(person: Person, friend: Person, filter: ThreadFilter & { cursor?: string } = {}) {
  const page = await (await api(person)).thread({ username: friend.username, ...filter });
  return { ...page, ids: page.letters.map(({ id }) => id) };
}

describe('the letters with a friend', () => {
  let ids: string[];
  beforeAll(async () => {
    ids = [];
    for (const [from, to] of [
      [alpha, beta],
      [beta, alpha],
      [beta, alpha],
      [alpha, beta],
    ] as const)
      ids.unshift(await send(from, to, 'Hello'));
  });

  it('are both directions, the latest first, counted from the first one', async () => {
    const page = await thread(alpha, beta);
    expect(page.ids).toEqual(ids);
    expect(page.letters.map(({ role }) => role)).toEqual(['author', 'receiver', 'receiver', 'author']);
    expect(page).toMatchObject({ count: 4, isFriend: true, friend: { username: 'beta' }, nextCursor: null });
    expect(page.since).toEqual(page.letters.at(-1)?.at);
    expect((await thread(beta, alpha)).ids).toEqual(ids);
    expect(await (await api(alpha)).latest()).toEqual([
      { username: 'beta', role: 'author', at: page.letters[0]?.at },
    ]);
  });

  it('are narrowed down by filters that combine', async () => {
    const [, newest = '', older = ''] = ids;
    await (await world.as(alpha)).inClear.readLetter({ id: newest });
    await (await api(alpha)).setStarred({ id: older, starred: true });
    await (await api(alpha)).setStarred({ id: ids[0] ?? '', starred: true });
    expect((await thread(alpha, beta, { unread: true })).ids).toEqual([older]);
    expect((await thread(alpha, beta, { starred: true })).ids).toEqual([ids[0], older]);
    expect((await thread(alpha, beta, { starred: true, unread: true })).ids).toEqual([older]);
    expect((await thread(alpha, beta, { photos: true })).ids).toEqual([]);
    const year = (await thread(alpha, beta)).since?.getUTCFullYear() ?? 0;
    expect((await thread(alpha, beta, { year: year - 1 })).ids).toEqual([]);
    expect((await thread(alpha, beta, { year, timeZone: 'UTC' })).ids).toEqual(ids);
    expect(await thread(alpha, beta, { year: year + 1 })).toMatchObject({ ids: [], count: 4 });
  });

  it('have stars of one’s own, which the friend never sees', async () => {
    const [latest = ''] = ids;
    expect((await thread(beta, alpha, { starred: true })).ids).toEqual([]);
    expect((await (await api(beta)).get({ id: latest })).starred).toBe(false);
    expect((await (await api(alpha)).get({ id: latest })).starred).toBe(true);
    expect((await (await api(alpha)).sent({})).letters[0]?.starred).toBe(true);
    await Promise.all(
      [true, false, true].map(async (starred) => (await api(beta)).setStarred({ id: latest, starred })),
    );
    await (await api(alpha)).setStarred({ id: latest, starred: false });
    await (await api(beta)).setStarred({ id: latest, starred: true });
    expect((await (await api(beta)).inbox({})).letters[0]).toMatchObject({ id: latest, starred: true });
    expect((await (await api(alpha)).sent({})).letters[0]?.starred).toBe(false);
  });

  it('can be archived once they are open, and come back', async () => {
    const [sent = '', opened = '', closed = ''] = ids;
    const refusal = async (id: string) => refusalOf((await api(alpha)).setArchived({ id, archived: true }));
    expect(await refusal(closed)).toBe('conflict');
    expect(await refusal(sent)).toBe('not-found');
    await (await api(alpha)).setArchived({ id: opened, archived: true });
    const inbox = async (archived: boolean) =>
      (await (await api(alpha)).inbox({ archived })).letters.map(({ id }) => id);
    expect([await inbox(false), await inbox(true)]).toEqual([[closed], [opened]]);
    expect((await thread(alpha, beta)).ids).toEqual(ids);
    await (await api(alpha)).setArchived({ id: opened, archived: true });
    expect(await (await api(alpha)).get({ id: opened })).toMatchObject({ archived: true });
    expect(await (await api(beta)).get({ id: opened })).toMatchObject({ archived: false });
    await (await api(alpha)).setArchived({ id: opened, archived: false });
    expect([await inbox(false), await inbox(true)]).toEqual([[opened, closed], []]);
  });

  it('are nobody else’s to see or mark', async () => {
    const [, opened = ''] = ids;
    const others = await api(gamma);
    expect(await refusalOf(others.thread({ username: 'alpha' }))).toBe('not-found');
    expect(await refusalOf(others.thread({ username: 'nobody_here' }))).toBe('not-found');
    expect(await refusalOf(others.thread({ username: 'gamma' }))).toBe('not-found');
    expect(await refusalOf(others.setStarred({ id: opened, starred: true }))).toBe('not-found');
    expect(await refusalOf(others.setArchived({ id: opened, archived: true }))).toBe('not-found');
    expect(await refusalOf((await api(beta)).setArchived({ id: opened, archived: true }))).toBe('not-found');
    expect(await refusalOf(others.thread({ username: 'alpha', year: 1 }))).toBe('invalid-input');
  });

  it('neither show nor count what a block withholds, and outlive the friendship', async () => {
    await (await world.as(alpha)).friends.block({ username: 'beta' });
    const withheld = await send(beta, alpha, 'Are you there');
    expect(await thread(alpha, beta)).toMatchObject({ ids, count: 4, isFriend: false });
    expect(await thread(beta, alpha)).toMatchObject({ ids: [withheld, ...ids], count: 5, isFriend: true });
    expect((await thread(beta, alpha)).letters[0]?.status).toBe('delivered');
    expect(await refusalOf((await api(alpha)).setStarred({ id: withheld, starred: true }))).toBe('not-found');
    await (await world.as(beta)).friends.remove({ username: 'alpha' });
    expect(await thread(beta, alpha)).toMatchObject({ count: 5, isFriend: false });
  });
});

describe('a long thread', () => {
  it('is paged, and a filter looks through it a part at a time', async () => {
    await befriend(world, beta, gamma);
    const { letters, threads } = world.container.stores;
    const first = await send(beta, gamma, 'The first');
    const stored = await letters.findById(first);
    if (!stored) throw new Error('not stored');
    await threads.setStarred(first, stored.receiverId, true);
    for (let i = 1; i <= 1_050; i++) {
      const at = new Date(stored.sentAt.getTime() + i * 60_000);
      await letters.insert({ ...stored, id: newId(), sentAt: at, deliveredAt: at, starredByReceiver: null });
    }
    const page = await thread(gamma, beta);
    expect(page.ids).toHaveLength(20);
    expect(page.count).toBe(1_001);
    const start = performance.now();
    const none = await thread(gamma, beta, { starred: true });
    console.log(`A filter that finds nothing in 1,000 letters: ${Math.round(performance.now() - start)} ms.`);
    expect(none.ids).toEqual([]);
    expect(await thread(gamma, beta, { starred: true, cursor: none.nextCursor ?? '' })).toMatchObject({
      ids: [first],
      nextCursor: null,
    });
  });
});
