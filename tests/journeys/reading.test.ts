import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bytes } from '#core/bytes.ts';
import { MINUTE } from '#core/durations.ts';
import { newId } from '#core/id.ts';
import type { Stores } from '#server/deps.ts';
import { type Installation, openInstallation } from '#tests/support/installation.ts';
import {
  makeFriends,
  makePerson,
  type Person,
  refusalOf,
  sendLetter,
} from '#tests/support/journey-people.ts';
import { makePhoto } from '#tests/support/make-photos.ts';

let world: Installation;
let alpha: Person;
let beta: Person;
beforeAll(async () => {
  world = await openInstallation();
  ({ alpha, beta } = await makeFriends(world));
});
afterAll(() => world.close());

const letters = async (person: Person) => (await world.as(person)).inClear;

describe('the read state', () => {
  it('is set once, by the first of ten readings at the same moment', async () => {
    const id = await sendLetter(world, alpha, beta);
    const readings = await Promise.all(
      Array.from({ length: 10 }, async () => (await letters(beta)).readLetter({ id })),
    );
    expect(readings.every(({ status, content }) => status === 'read' && content !== null)).toBe(true);
    const stored = await world.container.stores.letters.findById(id);
    expect(stored?.readAt).not.toBeNull();
    world.clock.advance(MINUTE);
    const again = await (await letters(beta)).readLetter({ id });
    expect(again.readAt).toEqual(stored?.readAt);
  });

  it('is not set by the author looking at the copy, nor by a stranger trying', async () => {
    const id = await sendLetter(world, alpha, beta);
    const gamma = await makePerson(world, 'gamma');
    await (await letters(alpha)).readLetter({ id });
    expect(await refusalOf((await letters(gamma)).readLetter({ id }))).toBe('not-found');
    const stored = await world.container.stores.letters.findById(id);
    expect(stored).toMatchObject({ status: 'delivered', readAt: null });
  });

  it('shows the title in the inbox only from then on', async () => {
    const id = await sendLetter(world, alpha, beta, { title: 'A surprise' });
    const titleInInbox = async () =>
      (await (await world.as(beta)).inClear.inbox()).letters.find((letter) => letter.id === id)?.title;
    expect(await titleInInbox()).toBeNull();
    await (await letters(beta)).readLetter({ id });
    expect(await titleInInbox()).toBe('A surprise');
  });
});

describe('the reading place', () => {
  it('is remembered, the last one saved, for its reader alone', async () => {
    const id = await sendLetter(world, alpha, beta);
    expect((await (await letters(beta)).readLetter({ id })).position).toBe(0);
    await Promise.all(
      [120, 480, 990].map(async (position) => (await world.as(beta)).letters.savePlace({ id, position })),
    );
    await (await world.as(beta)).letters.savePlace({ id, position: 333 });
    expect((await (await letters(beta)).readLetter({ id })).position).toBe(333);
    expect((await (await letters(alpha)).readLetter({ id })).position).toBe(0);
  });

  it('cannot be set by the author, a stranger, or out of bounds', async () => {
    const id = await sendLetter(world, alpha, beta);
    expect(await refusalOf((await world.as(alpha)).letters.savePlace({ id, position: 5 }))).toBe('not-found');
    for (const position of [-1, 1001, 0.5, Number.NaN]) {
      expect(await refusalOf((await world.as(beta)).letters.savePlace({ id, position }))).toBe(
        'invalid-input',
      );
    }
    expect((await (await letters(beta)).readLetter({ id })).position).toBe(0);
  });

  it('survives that another letter is sent and that drafts are discarded', async () => {
    const id = await sendLetter(world, alpha, beta);
    await (await world.as(beta)).letters.savePlace({ id, position: 700 });
    await sendLetter(world, beta, alpha);
    await (await world.as(beta)).drafts.discard({ id: newId() });
    expect((await (await letters(beta)).readLetter({ id })).position).toBe(700);
  });
});

describe('a damaged letter', () => {
  const fields = ['payload', 'sealedForReceiver'] as const;

  it.each(fields)('is shown as damaged and never as text: one bit of its %s', async (field) => {
    const id = await sendLetter(world, alpha, beta, { body: 'Never to be seen' });
    await damageLetter(id, field);
    const read = await (await letters(beta)).readLetter({ id });
    expect(read).toMatchObject({ content: null, author: { username: 'alpha' } });
    expect(JSON.stringify(read)).not.toContain('Never');
    const stored = await world.container.stores.letters.findById(id);
    expect(stored).toMatchObject({ status: 'delivered', readAt: null });
  });

  it('is damaged when it was moved to another pair of people, time or state of keys', async () => {
    for (const change of [{ authorEpoch: 2 }, { createdAt: new Date(0) }, { authorId: 'beta' }]) {
      const id = await sendLetter(world, alpha, beta);
      await replaceLetter(id, async (letter) => ({
        ...letter,
        ...change,
        ...('authorId' in change && { authorId: (await idOf('gamma2')) ?? '' }),
      }));
      expect((await (await letters(beta)).readLetter({ id })).content).toBeNull();
    }
  });

  it('keeps the rest of the inbox readable, whichever of its parts is damaged', async () => {
    const id = await sendLetter(world, alpha, beta, { title: 'Readable before' });
    await (await letters(beta)).readLetter({ id });
    for (const field of ['receiverHeading', 'authorHeading', 'payload'] as const)
      await damageLetter(id, field);
    const { letters: inbox } = await (await letters(beta)).inbox({});
    expect(inbox.find((letter) => letter.id === id)).toBeDefined();
    expect(inbox.length).toBeGreaterThan(1);
    const { letters: sent } = await (await letters(alpha)).sent({});
    expect(sent.find((letter) => letter.id === id)).toBeDefined();
    expect(JSON.stringify(inbox)).not.toContain('Readable before');
  });
});

describe('a damaged photo', () => {
  it.each(['full', 'preview'] as const)(
    'is not shown, and the letter is: one bit of its %s picture',
    async (size) => {
      const letterId = newId();
      const words = { to: 'beta', title: 'With a photo', body: 'Look.' };
      const newPhotos = [await makePhoto(1, { width: 320, height: 240 })];
      await (await world.as(alpha)).inClear.saveDraft({ draftId: letterId, version: 0, ...words, newPhotos });
      await (await letters(alpha)).sendLetter({ letterId, ...words });
      await world.settle();
      await damagePhoto(letterId, size);
      expect(await refusalOf((await letters(beta)).photo({ id: letterId, n: 0, size }))).toBe('not-found');
      const other = size === 'full' ? 'preview' : 'full';
      expect((await (await letters(beta)).photo({ id: letterId, n: 0, size: other })).mediaType).toBe(
        'image/jpeg',
      );
      expect((await (await letters(beta)).readLetter({ id: letterId })).content?.body).toBe('Look.');
    },
  );
});

describe('a damaged draft', () => {
  it('is no page that breaks: the other drafts stay in the list, and it says what it is', async () => {
    const [broken, whole] = [newId(), newId()];
    for (const draftId of [broken, whole]) {
      await (await world.as(alpha)).inClear.saveDraft({
        draftId,
        version: 0,
        title: 'A draft',
        body: 'words',
      });
    }
    const stored = await world.container.stores.drafts.find(broken, (await idOf('alpha')) ?? '');
    if (!stored) throw new Error('no draft');
    await world.container.stores.drafts.delete(broken, stored.authorId);
    await world.container.stores.drafts.save({ ...stored, payload: flip(stored.payload) }, 0);
    const { drafts } = await (await world.as(alpha)).inClear.drafts();
    expect(drafts.map(({ id }) => id)).toContain(whole);
    expect(await refusalOf((await world.as(alpha)).inClear.openDraft({ id: broken }))).toBe('not-found');
  });
});

type Stored = NonNullable<Awaited<ReturnType<Stores['letters']['findById']>>>;
type SealedField = 'payload' | 'sealedForReceiver' | 'receiverHeading' | 'authorHeading';

function flip(bytes: Bytes): Bytes {
  const copy = bytes.slice();
  const at = copy.length >> 1;
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

const idOf = async (username: string) => {
  if (username === 'gamma2') await makePerson(world, username).catch(() => null);
  return (await world.container.stores.users.findByUsername(username))?.id;
};

/** As if the database had been changed behind the application's back. */
async function replaceLetter(id: string, change: (letter: Stored) => Promise<Stored>): Promise<void> {
  const { stores, db } = world.container;
  const letter = await stores.letters.findById(id);
  if (!letter) throw new Error('no letter');
  const changed = await change(letter);
  await db.orm.letters.where({ _id: id }).deleteAndCount();
  await stores.letters.insert(changed);
}

const damageLetter = (id: string, field: SealedField) =>
  replaceLetter(id, async (letter) => {
    const sealed = letter[field];
    if (!sealed) throw new Error(`the letter has no ${field}`);
    return { ...letter, [field]: flip(sealed) };
  });

async function damagePhoto(letterId: string, size: 'full' | 'preview'): Promise<void> {
  const { stores, db } = world.container;
  const letter = await stores.letters.findById(letterId);
  const photoId = letter?.photoIds[0] ?? '';
  const photo = await stores.photos.find(photoId, letterId);
  if (!photo) throw new Error('no photo');
  await db.orm.photos.where({ _id: photoId }).deleteAndCount();
  await stores.photos.insert({ ...photo, [size]: flip(photo[size]) });
}
