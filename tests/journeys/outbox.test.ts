import { afterEach, describe, expect, it } from 'vitest';
import { newId } from '#core/id.ts';
import { type Installation, openInstallation } from '#tests/support/installation.ts';
import { makeFriends, type Person, refusalOf, sendLetter } from '#tests/support/journey-people.ts';
import { makePhoto } from '#tests/support/make-photos.ts';

let world: Installation;
afterEach(() => world.close());

const words = { to: 'beta', title: 'Through the storm', body: 'Still here.' };

async function send(from: Person, letterId = newId()): Promise<string> {
  await (await world.as(from)).inClear.sendLetter({ letterId, ...words });
  return letterId;
}
const noticesTo = async (email: string) =>
  (await world.mails()).filter(({ to, subject }) => to === email && /sent you a letter/.test(subject));
const inboxOf = async (person: Person) => (await (await world.as(person)).inClear.inbox()).letters;

describe('a letter', () => {
  it('sent while the queue cannot be reached is kept, shown as on its way, and delivered exactly once later', async () => {
    world = await openInstallation();
    const { alpha, beta } = await makeFriends(world);
    world.faults.queue = true;
    const letterId = await send(alpha);
    await world.settle();
    expect(await (await world.as(alpha)).inClear.readLetter({ id: letterId })).toMatchObject({
      status: 'queued',
    });
    expect(await inboxOf(beta)).toEqual([]);

    world.faults.queue = false;
    await world.sweep();
    expect(await inboxOf(beta)).toEqual([]); // Too young: it may still be on its way through the queue.
    world.clock.advance(11_000);
    await world.sweep();
    await world.sweep();
    world.clock.advance(11_000);
    await world.sweep();
    expect(await inboxOf(beta)).toMatchObject([{ id: letterId, status: 'delivered' }]);
    expect(await noticesTo('beta@example.test')).toHaveLength(1);
  });

  it('is delivered after a crash that took the queue with it, with its photo, and told of once', async () => {
    world = await openInstallation();
    const { alpha, beta } = await makeFriends(world);
    world.faults.queue = true;
    const letterId = newId();
    const newPhotos = [await makePhoto(1, { width: 320, height: 240 })];
    await (await world.as(alpha)).inClear.saveDraft({ draftId: letterId, version: 0, ...words, newPhotos });
    await send(alpha, letterId);

    world = await world.crash();
    world.clock.advance(11_000);
    await world.sweep();
    expect(await inboxOf(beta)).toMatchObject([{ id: letterId }]);
    const read = await (await world.as(beta)).inClear.readLetter({ id: letterId });
    expect(read.content).toMatchObject({ body: words.body, photos: [{}] });
    expect((await (await world.as(beta)).inClear.photo({ id: letterId, n: 0 })).bytes.length).toBeGreaterThan(
      500,
    );
    expect(await noticesTo('beta@example.test')).toHaveLength(1);
  });

  it('whose notice was lost in a crash after delivery is still told of, once', async () => {
    world = await openInstallation();
    const { alpha } = await makeFriends(world);
    world.faults.mail = true;
    await send(alpha);
    await world.settle();
    world = await world.crash();
    expect(await noticesTo('beta@example.test')).toHaveLength(0);
    world.clock.advance(11_000);
    await world.sweep();
    await world.sweep();
    expect(await noticesTo('beta@example.test')).toHaveLength(1);
  });

  it('keeps its id from the first attempt to the last: nothing arrives twice', async () => {
    world = await openInstallation();
    const { alpha, beta } = await makeFriends(world);
    const letterId = await send(alpha);
    for (let again = 0; again < 3; again += 1) await send(alpha, letterId);
    world.clock.advance(11_000);
    await world.sweep();
    expect(await inboxOf(beta)).toHaveLength(1);
    const deliveries = world.jobs.filter(({ name }) => name === 'letter.deliver');
    expect(new Set(deliveries.map(({ json }) => JSON.parse(json).data.letterId))).toEqual(
      new Set([letterId]),
    );
  });

  it('leaves nothing in the queue but ids', async () => {
    world = await openInstallation();
    const { alpha, beta } = await makeFriends(world);
    await sendLetter(world, alpha, beta);
    const payloads = world.jobs.map(({ name, json }) => ({ name, data: JSON.parse(json).data ?? {} }));
    expect(new Set(payloads.map(({ name }) => name))).toContain('letter.notify.email');
    for (const { data } of payloads) {
      for (const [field, value] of Object.entries(data)) {
        if (field === 'kind') continue;
        expect(field).toMatch(/Id$/);
        expect(value).toMatch(/^[0-9a-f]{24}$/);
      }
    }
  });
});

describe('a letter that failed for good', () => {
  it('says so to its author, who alone can send it again', async () => {
    world = await openInstallation();
    const { alpha, beta } = await makeFriends(world);
    world.faults.queue = true;
    const letterId = await send(alpha);
    await world.container.stores.letters.markFailed(letterId, 'delivery-failed');
    world.faults.queue = false;

    const failed = { status: 'failed', failureReason: 'delivery-failed' };
    expect(await (await world.as(alpha)).inClear.readLetter({ id: letterId })).toMatchObject(failed);
    expect((await (await world.as(alpha)).inClear.sent()).letters).toMatchObject([failed]);
    expect(await refusalOf((await world.as(beta)).letters.retry({ id: letterId }))).toBe('not-found');
    await (await world.as(alpha)).letters.retry({ id: letterId });
    await world.settle();
    expect(await inboxOf(beta)).toMatchObject([{ id: letterId, status: 'delivered' }]);
    expect(await noticesTo(beta.email)).toHaveLength(1);
    expect(await refusalOf((await world.as(alpha)).letters.retry({ id: letterId }))).toBe('not-found');
  });
});

describe('what was acknowledged', () => {
  it('is there after a crash: account, friendship, draft, letter, reading place, and that it was read', async () => {
    world = await openInstallation();
    const { alpha, beta } = await makeFriends(world);
    const letterId = await sendLetter(world, alpha, beta);
    await (await world.as(beta)).inClear.readLetter({ id: letterId });
    await (await world.as(beta)).letters.savePlace({ id: letterId, position: 420 });
    const draftId = newId();
    await (await world.as(beta)).inClear.saveDraft({ draftId, version: 0, body: 'half a thought' });

    world = await world.crash();
    expect(await inboxOf(beta)).toMatchObject([
      { id: letterId, status: 'read', title: 'A title of a letter' },
    ]);
    expect(await (await world.as(beta)).inClear.readLetter({ id: letterId })).toMatchObject({
      position: 420,
    });
    expect(await (await world.as(beta)).inClear.openDraft({ id: draftId })).toMatchObject({
      body: 'half a thought',
    });
    expect((await (await world.as(alpha)).friends.list()).friends).toMatchObject([{ username: 'beta' }]);
    await (await world.as(alpha)).accounts.logOut();
    world = await world.crash();
    expect(await refusalOf((await world.as(alpha)).letters.inbox({}))).toBe('unauthenticated');
  });
});
