import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bytes } from '#core/bytes.ts';
import { DAY } from '#core/durations.ts';
import { newId } from '#core/id.ts';
import { type Installation, openInstallation } from '#tests/support/installation.ts';
import { makeFriends, type Person, refusalOf } from '#tests/support/journey-people.ts';
import { makePhoto } from '#tests/support/make-photos.ts';
import { collectPhotos } from '#worker/collect-photos.ts';

const words = { to: 'beta', title: 'With photos', body: 'Look at these.' };

let world: Installation;
let alpha: Person;
let beta: Person;
let photos: Bytes[];
beforeAll(async () => {
  world = await openInstallation();
  ({ alpha, beta } = await makeFriends(world));
  photos = await Promise.all([1, 2, 3].map((seed) => makePhoto(seed, { width: 640, height: 480 })));
});
afterAll(() => world.close());

const saveWithPhotos = async (draftId: string, newPhotos: Bytes[], version = 0) =>
  (await world.as(alpha)).inClear.saveDraft({ draftId, version, ...words, newPhotos });
const storedPhoto = (photoId: string, letterId: string) =>
  world.container.stores.photos.find(photoId, letterId);

describe('photos of a draft', () => {
  it('go into the letter sealed as they are, without being encrypted a second time', async () => {
    const draftId = newId();
    const saved = await saveWithPhotos(draftId, photos.slice(0, 2));
    const before = await Promise.all(saved.photos.map(({ photoId }) => storedPhoto(photoId, draftId)));
    const draftPicture = await (await world.as(alpha)).inClear.draftPhoto({ id: draftId, n: 1 });

    await (await world.as(alpha)).inClear.sendLetter({ letterId: draftId, ...words });
    await world.settle();
    const after = await Promise.all(saved.photos.map(({ photoId }) => storedPhoto(photoId, draftId)));
    expect(after).toEqual(before);
    expect(after).not.toContain(null);
    const letterPicture = await (await world.as(beta)).inClear.photo({ id: draftId, n: 1 });
    expect(letterPicture).toEqual(draftPicture);
  });

  it('keep their captions, which can be changed until the letter is sent', async () => {
    const draftId = newId();
    const drafts = (await world.as(alpha)).inClear;
    const first = await drafts.saveDraft({
      draftId,
      version: 0,
      ...words,
      newPhotos: photos.slice(0, 2),
      newCaptions: ['one', 'two'],
    });
    const [one, two] = first.photos.map(({ photoId }) => photoId);
    if (!one || !two) throw new Error('no photos');
    const second = await drafts.saveDraft({
      draftId,
      version: first.version,
      ...words,
      captions: { [one]: 'the first' },
    });
    expect(second.photos.map(({ caption }) => caption)).toEqual(['the first', 'two']);
    const captions = { [two]: 'the second' };
    await (await world.as(alpha)).inClear.sendLetter({ letterId: draftId, ...words, captions });
    await world.settle();
    const { content } = await (await world.as(beta)).inClear.readLetter({ id: draftId });
    expect(content?.photos.map(({ caption }) => caption)).toEqual(['the first', 'the second']);
  });

  it('are in the letter in the order they were put in, each with its own seal and line', async () => {
    const draftId = newId();
    const { inClear: drafts } = await world.as(alpha);
    const newCaptions = ['one', 'two', 'three'];
    const first = await drafts.saveDraft({ draftId, version: 0, ...words, newPhotos: photos, newCaptions });
    const [one = '', two = '', three = ''] = first.photos.map(({ photoId }) => photoId);
    const captions = { [one]: 'one', [two]: 'two', [three]: 'three' };
    const save = (version: number, photoOrder: string[]) =>
      drafts.saveDraft({ draftId, version, ...words, captions, photoOrder });
    const orderOf = (saved: { photos: { photoId: string }[] }) => saved.photos.map(({ photoId }) => photoId);

    expect(orderOf(await save(2, [three, one, two]))).toEqual([three, one, two]);
    // The same once more is no other save; another order of the same photos is.
    expect(orderOf(await save(2, [three, one, two]))).toEqual([three, one, two]);
    expect(await refusalOf(save(2, [one, two, three]))).toBe('conflict');
    // What it does not name, or does not have, or names twice changes nothing else.
    expect(orderOf(await save(3, [newId(), one, one]))).toEqual([one, three, two]);
    expect(orderOf(await save(4, []))).toEqual([one, three, two]);
    expect(await refusalOf(save(5, ['x']))).toBe('invalid-input');

    const byId = await drafts.draftPhoto({ id: draftId, n: two });
    expect(byId).toEqual(await drafts.draftPhoto({ id: draftId, n: 2 }));
    expect(await refusalOf(drafts.draftPhoto({ id: draftId, n: newId() }))).toBe('not-found');

    await drafts.sendLetter({ letterId: draftId, ...words, photoOrder: [two, one, three] });
    await world.settle();
    const read = await (await world.as(beta)).inClear.readLetter({ id: draftId });
    expect(read.content?.photos.map(({ caption }) => caption)).toEqual(['two', 'one', 'three']);
    for (const n of [0, 1, 2]) await (await world.as(beta)).inClear.photo({ id: draftId, n });
    expect(await (await world.as(beta)).inClear.photo({ id: draftId, n: 0 })).toEqual(byId);
  });

  it('can be taken out: the others close up, the letter goes without, and the collector deletes it later', async () => {
    const draftId = newId();
    const saved = await saveWithPhotos(draftId, photos);
    const [first, second, third] = saved.photos;
    if (!first || !second || !third) throw new Error('no photos');
    const drafts = (await world.as(alpha)).inClear;
    const after = await drafts.saveDraft({
      draftId,
      version: saved.version,
      ...words,
      removePhotoIds: [second.photoId, newId()],
    });
    expect(after.photos.map(({ photoId }) => photoId)).toEqual([first.photoId, third.photoId]);
    await (await world.as(alpha)).inClear.sendLetter({ letterId: draftId, ...words });
    await world.settle();
    const { content } = await (await world.as(beta)).inClear.readLetter({ id: draftId });
    expect(content?.photos).toHaveLength(2);
    expect(await refusalOf((await world.as(beta)).inClear.photo({ id: draftId, n: 2 }))).toBe('not-found');

    await collect();
    expect(await storedPhoto(second.photoId, draftId)).not.toBeNull();
    world.clock.advance(2 * DAY);
    await collect();
    expect(await storedPhoto(second.photoId, draftId)).toBeNull();
    expect(await storedPhoto(first.photoId, draftId)).not.toBeNull();
    expect(await storedPhoto(third.photoId, draftId)).not.toBeNull();
  });

  it('are collected after the draft is discarded, and only those', async () => {
    const [discarded, kept] = [newId(), newId()];
    const gone = await saveWithPhotos(discarded, photos.slice(0, 1));
    const stays = await saveWithPhotos(kept, photos.slice(0, 1));
    await (await world.as(alpha)).drafts.discard({ id: discarded });
    world.clock.advance(2 * DAY);
    await collect();
    expect(await storedPhoto(gone.photos[0]?.photoId ?? '', discarded)).toBeNull();
    expect(await storedPhoto(stays.photos[0]?.photoId ?? '', kept)).not.toBeNull();
  });

  it('that cannot be taken stop neither the text nor the other photos', async () => {
    const draftId = newId();
    const noise = new TextEncoder().encode('<html>not a photo</html>');
    const truncated = (photos[0] ?? new Uint8Array()).slice(0, 3000);
    const saved = await saveWithPhotos(draftId, [noise, photos[1] ?? noise, truncated]);
    expect(saved.photos).toHaveLength(1);
    expect(saved.photoNotes).toHaveLength(2);
    expect(saved.photoNotes[0]).toMatch(/^Photo 1: /);
    expect(saved.photoNotes[1]).toMatch(/^Photo 3: /);
    expect(await (await world.as(alpha)).inClear.openDraft({ id: draftId })).toMatchObject({
      body: words.body,
      photos: [{ photoId: saved.photos[0]?.photoId }],
    });
  });

  it('are twelve at most, and the sentence says the number that holds', async () => {
    const draftId = newId();
    const small = await makePhoto(9, { width: 64, height: 48 });
    const saved = await saveWithPhotos(
      draftId,
      Array.from({ length: 14 }, () => small.slice()),
    );
    expect(saved.photos).toHaveLength(12);
    expect(saved.photoNotes).toEqual(['A letter holds 12 photos. We left out: photo 13, photo 14.']);
    const more = await saveWithPhotos(draftId, [small], saved.version);
    expect(more.photos).toHaveLength(12);
    expect(more.photoNotes).toEqual(['A letter holds 12 photos. We left out: photo 1.']);
  });

  it('are shown to nobody but the writer', async () => {
    const draftId = newId();
    await saveWithPhotos(draftId, photos.slice(0, 1));
    expect(await refusalOf((await world.as(beta)).inClear.draftPhoto({ id: draftId, n: 0 }))).toBe(
      'not-found',
    );
    expect(await refusalOf((await world.as(beta)).inClear.photo({ id: draftId, n: 0 }))).toBe('not-found');
    expect(await refusalOf((await world.as(alpha)).inClear.draftPhoto({ id: draftId, n: 1 }))).toBe(
      'not-found',
    );
  });
});

const collect = () => collectPhotos(world.container);
