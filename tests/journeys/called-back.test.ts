import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { DAY, HOUR, SECOND } from '#core/durations.ts';
import { newId } from '#core/id.ts';
import { letterDeliver } from '#server/letters/letter.jobs.ts';
import { enqueue } from '#server/queue/enqueue.ts';
import { type Installation, openInstallation } from '#tests/support/installation.ts';
import { makeFriends, type Person, refusalOf } from '#tests/support/journey-people.ts';
import { makePhoto } from '#tests/support/make-photos.ts';
import { deliverLetter } from '#worker/deliver-letter.ts';
import { recordFailure } from '#worker/record-failure.ts';

let world: Installation;
afterEach(() => world.close());

const words = { to: 'beta', title: 'Too soon', body: 'I was going to say more.' };
const clear = async (person: Person) => (await world.as(person)).inClear;
const inboxOf = async (person: Person) => (await (await clear(person)).inbox()).letters;
const statusOf = async (id: string) => (await world.container.stores.letters.findById(id))?.status;

async function send(from: Person, more: object = {}, letterId = newId()): Promise<string> {
  await (await clear(from)).sendLetter({ letterId, ...words, ...more });
  return letterId;
}

const userOf = async ({ username }: Person) => world.container.stores.users.findByUsername(username);
const idOf = async (person: Person) => (await userOf(person))?.id ?? '';

async function startOver(person: Person): Promise<void> {
  const user = await userOf(person);
  if (!user) throw new Error('nobody there');
  const { id: _, ...keys } = user;
  await world.container.stores.users.replaceKeys(user, { ...keys, keyEpoch: user.keyEpoch + 1 }, new Date());
}

async function pass(ms: number): Promise<void> {
  world.clock.advance(ms);
  await world.sweep();
}

describe('a letter that was sent', () => {
  it('waits for half a minute, can be called back with its photo, and sent again', async () => {
    world = await openInstallation({ env: { UNDO_SECONDS: '30' } });
    const { alpha, beta } = await makeFriends(world);
    const used = async () => (await (await world.as(alpha)).storage.read()).used;
    const letterId = newId();
    const newPhotos = [await makePhoto(1, { width: 320, height: 240 })];
    const stationery = { paper: 'kraft', ink: 'sepia', face: 'round' } as const;
    await (await clear(alpha)).saveDraft({ draftId: letterId, version: 0, ...words, newPhotos });
    const before = await used();
    await send(alpha, { stationery }, letterId);
    await pass(25 * SECOND);
    expect(await statusOf(letterId)).toBe('scheduled');
    expect(await inboxOf(beta)).toEqual([]);
    expect(await (await clear(alpha)).readLetter({ id: letterId })).toMatchObject({
      status: 'scheduled',
      deliverAt: expect.any(Date),
    });

    expect(await (await clear(alpha)).callBack(letterId)).toBe('called-back');
    expect(await statusOf(letterId)).toBeUndefined();
    expect(await used()).toBe(before);
    const { drafts } = await (await clear(alpha)).drafts();
    expect(drafts).toMatchObject([{ id: letterId, title: words.title, to: 'beta', photoCount: 1 }]);
    expect((await (await clear(alpha)).draftPhoto({ id: letterId, n: 0 })).bytes.length).toBeGreaterThan(500);
    await pass(HOUR);
    expect(await inboxOf(beta)).toEqual([]);

    await send(alpha, { body: 'Now it is all here.' }, letterId);
    // The job of the first time finds that it is not time yet.
    expect(await deliverLetter(world.container, { letterId })).toBe('not yet');
    await pass(31 * SECOND);
    expect(await inboxOf(beta)).toMatchObject([{ id: letterId }]);
    const read = await (await clear(beta)).readLetter({ id: letterId });
    expect(read.content).toMatchObject({ body: 'Now it is all here.', photos: [{}] });
  });

  it('is told by nobody else to come back, nor once it has arrived', async () => {
    world = await openInstallation({ env: { UNDO_SECONDS: '30' } });
    const { alpha, beta } = await makeFriends(world);
    const letterId = await send(alpha);
    expect(await refusalOf((await clear(beta)).callBack(letterId))).toBe('not-found');
    await pass(31 * SECOND);
    expect(await refusalOf((await clear(alpha)).callBack(letterId))).toBe('conflict');
    expect(await inboxOf(beta)).toMatchObject([{ id: letterId }]);
    expect(await refusalOf((await clear(beta)).callBack(letterId))).not.toBe('');
    expect((await (await clear(alpha)).drafts()).drafts).toEqual([]);
    expect(await refusalOf((await clear(alpha)).callBack(newId()))).toBe('not-found');
  });

  it('is either delivered or a draft again, whoever is faster, and never both', async () => {
    world = await openInstallation({ env: { UNDO_SECONDS: '1' } });
    const { alpha, beta } = await makeFriends(world);
    const mine = await clear(alpha);
    for (let n = 0; n < 12; n++) {
      const letterId = await send(alpha, { title: `Race ${n}` });
      world.clock.advance(2 * SECOND);
      const [outcome] = await Promise.all([
        mine.callBack(letterId).catch(() => 'too late'),
        wait(n % 4).then(() => deliverLetter(world.container, { letterId })),
        deliverLetter(world.container, { letterId }),
      ]);
      const arrived = (await inboxOf(beta)).some(({ id }) => id === letterId);
      const drafted = (await mine.drafts()).drafts.some(({ id }) => id === letterId);
      expect([outcome, arrived, drafted]).toEqual(
        outcome === 'called-back' ? [outcome, false, true] : ['too late', true, false],
      );
    }
  });

  it('called back while the answer was lost, or twice at once, is one draft', async () => {
    world = await openInstallation({ env: { UNDO_SECONDS: '30' } });
    const { alpha } = await makeFriends(world);
    const letterId = await send(alpha);
    const mine = await clear(alpha);
    const outcomes = await Promise.allSettled([mine.callBack(letterId), mine.callBack(letterId)]);
    expect(outcomes.some(({ status }) => status === 'fulfilled')).toBe(true);
    expect(await mine.callBack(letterId)).toBe('called-back');
    expect((await mine.drafts()).drafts).toMatchObject([{ id: letterId }]);
    expect(await statusOf(letterId)).toBeUndefined();
  });

  it('whose call back was cut off half-way is never delivered, and can be called back again', async () => {
    world = await openInstallation({ env: { UNDO_SECONDS: '30' } });
    const { alpha, beta } = await makeFriends(world);
    const letterId = await send(alpha);
    await world.container.stores.letters.recall(letterId, await idOf(alpha));
    world = await world.crash();
    await pass(HOUR);
    expect(await inboxOf(beta)).toEqual([]);
    expect((await (await clear(alpha)).sent()).letters).toMatchObject([{ id: letterId, status: 'recalled' }]);
    await (await clear(alpha)).callBack(letterId);
    expect((await (await clear(alpha)).drafts()).drafts).toMatchObject([
      { id: letterId, title: words.title },
    ]);
  });
});

describe('a letter for later', () => {
  it('arrives on its day, told of once, also after a crash', async () => {
    world = await openInstallation();
    const { alpha, beta } = await makeFriends(world);
    const letterId = await send(alpha, { arrival: 'in-three-days' });
    await world.settle();
    await pass(2 * DAY);
    expect(await inboxOf(beta)).toEqual([]);
    expect((await (await clear(alpha)).sent()).letters).toMatchObject([{ status: 'scheduled' }]);
    world = await world.crash();
    world.clock.advance(4 * DAY);
    await world.sweep();
    await world.sweep();
    expect(await inboxOf(beta)).toMatchObject([{ id: letterId }]);
    const notices = (await world.mails()).filter(({ subject }) => /sent you a letter/.test(subject));
    expect(notices).toHaveLength(1);
  });

  it('is refused for a day that has passed, and its draft keeps the day', async () => {
    world = await openInstallation();
    const { alpha } = await makeFriends(world);
    expect(await refusalOf(send(alpha, { arrival: '2020-01-01' }))).toBe('invalid-input');
    expect(await refusalOf(send(alpha, { arrival: 'someday' }))).toBe('invalid-input');
    expect((await (await clear(alpha)).sent()).letters).toEqual([]);
  });

  it('fails if its friend has started over meanwhile, and becomes a draft for the new keys', async () => {
    world = await openInstallation();
    const { alpha, beta } = await makeFriends(world);
    const letterId = await send(alpha, { arrival: 'in-three-days' });
    await startOver(beta);
    world.clock.advance(5 * DAY);
    await world.sweep();
    expect(await statusOf(letterId)).toBe('failed');
    expect(await (await clear(alpha)).callBack(letterId)).toBe('called-back');
  });

  it('does not reach a friend who was removed meanwhile, in either direction', async () => {
    world = await openInstallation();
    const { alpha, beta } = await makeFriends(world);
    const there = await send(alpha, { arrival: 'in-three-days' });
    const letterId = newId();
    await (await clear(beta)).sendLetter({ letterId, ...words, to: 'alpha', arrival: 'in-three-days' });
    await (await world.as(alpha)).friends.remove({ username: 'beta' });
    await pass(5 * DAY);
    await world.settle();
    expect(await inboxOf(beta)).toEqual([]);
    expect(await inboxOf(alpha)).toEqual([]);
    const { letters } = await (await clear(alpha)).sent();
    expect(letters).toMatchObject([{ id: there, status: 'failed', failureReason: 'not-friends' }]);
    expect(await (await clear(alpha)).callBack(there)).toBe('called-back');
  });

  it('asks for its day again once it was called back, and is not written over by an old tab', async () => {
    world = await openInstallation();
    const { alpha } = await makeFriends(world);
    const mine = await clear(alpha);
    const draftId = newId();
    await mine.saveDraft({ draftId, version: 0, ...words });
    await send(alpha, { body: 'All of it.', arrival: 'in-three-days' }, draftId);
    await mine.callBack(draftId);
    const draft = await mine.openDraft({ id: draftId });
    expect(draft).toMatchObject({ arrival: '', body: 'All of it.' });
    expect(await refusalOf(mine.saveDraft({ draftId, version: 1, ...words, body: 'Older.' }))).toBe(
      'conflict',
    );
    expect(await refusalOf(send(alpha, { arrival: draft.arrival }, draftId))).toBe('invalid-input');
  });

  it('whose worker fails for two minutes when it is due is tried again, not given up', async () => {
    world = await openInstallation();
    const { alpha, beta } = await makeFriends(world);
    const letterId = await send(alpha, { arrival: 'in-three-days' });
    world.clock.advance(4 * DAY);
    const letter = await world.container.stores.letters.findById(letterId);
    world.clock.advance((letter?.deliverAt?.getTime() ?? 0) + SECOND - world.container.now().getTime());
    await recordFailure(world.container, { name: letterDeliver.name, data: { letterId } });
    expect(await statusOf(letterId)).toBe('scheduled');
    await world.sweep();
    expect(await inboxOf(beta)).toMatchObject([{ id: letterId }]);
  });

  it('is enqueued for the time it is due if that is soon, and left to the sweeper if not', async () => {
    world = await openInstallation({ env: { UNDO_SECONDS: '30' } });
    const { alpha } = await makeFriends(world);
    world.jobs.length = 0;
    await send(alpha);
    await send(alpha, { arrival: 'in-three-days' });
    const deliveries = world.jobs.filter(({ name }) => name === letterDeliver.name);
    expect(deliveries).toHaveLength(1);
    expect(JSON.parse(deliveries[0]?.json ?? '{}').opts.delay).toBeGreaterThan(28_000);
    // A job that comes too early delivers nothing.
    const letterId = await send(alpha);
    await enqueue(world.container.queue, letterDeliver, { letterId });
    await world.settle();
    expect(await statusOf(letterId)).toBe('scheduled');
  });
});
