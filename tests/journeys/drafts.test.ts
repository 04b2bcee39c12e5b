import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { newId } from '#core/id.ts';
import { limits } from '#core/schemas/limits.ts';
import { sampleDraft } from '#tests/support/database-samples.ts';
import { type Installation, openInstallation } from '#tests/support/installation.ts';
import {
  makeFriends,
  makePerson,
  type Person,
  readAllPages,
  refusalOf,
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

const idOf = async (name: string) => (await world.container.stores.users.findByUsername(name))?.id ?? '';
const drafts = async (person: Person) => (await world.as(person)).inClear;
const save = async (draftId: string, version: number, body: string) =>
  (await drafts(alpha)).saveDraft({ draftId, version, to: 'beta', title: 'In progress', body });

describe('a draft', () => {
  it('may be unfinished, and comes back as it was left, white space and all', async () => {
    const draftId = newId();
    const body = '  indented\n\n\n\tand a tab \n trailing  ';
    await (await drafts(alpha)).saveDraft({ draftId, version: 0, body });
    expect(await (await drafts(alpha)).openDraft({ id: draftId })).toMatchObject({
      to: null,
      title: '',
      body,
      version: 1,
      photos: [],
    });
  });

  it('grows by one version a save', async () => {
    const draftId = newId();
    expect(await save(draftId, 0, 'one')).toMatchObject({ version: 1 });
    expect(await save(draftId, 1, 'two')).toMatchObject({ version: 2 });
    expect(await (await drafts(alpha)).openDraft({ id: draftId })).toMatchObject({ version: 2, body: 'two' });
  });

  it('refuses a save over a version the writer has not seen, and keeps what is there', async () => {
    const draftId = newId();
    await save(draftId, 0, 'from the phone');
    await save(draftId, 1, 'from the phone, longer');
    expect(await refusalOf(save(draftId, 1, 'from the laptop'))).toBe('conflict');
    expect(await refusalOf(save(draftId, 0, 'from a stale page'))).toBe('conflict');
    expect(await (await drafts(alpha)).openDraft({ id: draftId })).toMatchObject({
      version: 2,
      body: 'from the phone, longer',
    });
  });

  it('lets exactly one of ten saves at the same moment through', async () => {
    const draftId = newId();
    await save(draftId, 0, 'start');
    const bodies = Array.from({ length: 10 }, (_, n) => `version of window ${n}`);
    const outcomes = await Promise.all(bodies.map((body) => refusalOf(save(draftId, 1, body))));
    expect(outcomes.filter((outcome) => outcome === 'no refusal')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'conflict')).toHaveLength(9);
    const kept = await (await drafts(alpha)).openDraft({ id: draftId });
    expect(kept.version).toBe(2);
    expect(kept.body).toBe(bodies[outcomes.indexOf('no refusal')]);
  });

  it('is made once when its first save is sent twice at the same moment', async () => {
    const draftId = newId();
    const saves = await Promise.all([save(draftId, 0, 'the same'), save(draftId, 0, 'the same')]);
    expect(saves).toMatchObject([{ version: 1 }, { version: 1 }]);
    const { drafts: listed } = await (await drafts(alpha)).drafts();
    expect(listed.filter(({ id }) => id === draftId)).toHaveLength(1);
  });

  it('is saved once when the same save comes again, photos and captions with it; another one is a conflict', async () => {
    const [draftId, photo] = [newId(), await makePhoto(3, { width: 64, height: 48 })];
    const words = { draftId, version: 0, title: 'With a photo', body: 'look', newPhotos: [photo] };
    const api = await drafts(alpha);
    const first = await api.saveDraft(words);
    const [kept] = first.photos;
    expect(await api.saveDraft(words)).toMatchObject({ version: 2, photos: [{ photoId: kept?.photoId }] });
    const again = { ...words, version: 2, newPhotos: [], captions: { [kept?.photoId ?? '']: 'the door' } };
    await api.saveDraft(again);
    expect(await api.saveDraft(again)).toMatchObject({ version: 3, photos: [{ caption: 'the door' }] });
    for (const change of [
      { body: 'another' },
      { to: 'beta' },
      { newPhotos: [photo] },
      { captions: { [kept?.photoId ?? '']: 'the gate' } },
      { removePhotoIds: [kept?.photoId ?? ''] },
    ]) {
      expect(await refusalOf(api.saveDraft({ ...again, ...change }))).toBe('conflict');
    }
    expect(await api.openDraft({ id: draftId })).toMatchObject({ version: 3, body: 'look' });
  });

  it('is not thrown away for a letter of older words: a form that was left open elsewhere is not sent', async () => {
    const draftId = newId();
    await save(draftId, 0, 'from the laptop');
    await save(draftId, 1, 'from the laptop, and longer from the phone');
    const { inClear: letters } = await world.as(alpha);
    const letter = { letterId: draftId, to: 'beta', title: 'In progress', body: 'from the laptop' };
    expect(await refusalOf(letters.sendLetter({ ...letter, draftVersion: 1 }))).toBe('conflict');
    expect(await (await drafts(alpha)).openDraft({ id: draftId })).toMatchObject({ version: 2 });
    expect(await refusalOf(letters.sendLetter({ ...letter, draftVersion: 2 }))).toBe('no refusal');
    // Once more, by a second press.
    expect(await refusalOf(letters.sendLetter({ ...letter, draftVersion: 2 }))).toBe('no refusal');
  });

  it('cannot be opened, saved over or discarded by anybody else', async () => {
    const draftId = newId();
    await save(draftId, 0, 'not for beta yet');
    expect(await refusalOf((await drafts(beta)).openDraft({ id: draftId }))).toBe('not-found');
    for (const version of [0, 1]) {
      expect(await refusalOf((await drafts(beta)).saveDraft({ draftId, version, body: 'mine' }))).toBe(
        'conflict',
      );
    }
    await (await world.as(beta)).drafts.discard({ id: draftId });
    expect(await (await drafts(alpha)).openDraft({ id: draftId })).toMatchObject({
      body: 'not for beta yet',
    });
  });

  it('is gone once discarded, and discarding twice changes nothing', async () => {
    const draftId = newId();
    await save(draftId, 0, 'thought better of it');
    await (await world.as(alpha)).drafts.discard({ id: draftId });
    await (await world.as(alpha)).drafts.discard({ id: draftId });
    expect(await refusalOf((await drafts(alpha)).openDraft({ id: draftId }))).toBe('not-found');
  });

  it('can be restored for 30 days after it was deleted, by its author', async () => {
    const draftId = newId();
    await save(draftId, 0, 'not so bad after all');
    const { drafts: own } = await world.as(alpha);
    const ids = async (inTrash: boolean) => {
      const list = await own.list({ inTrash });
      return list.drafts.map(({ id }) => id).filter((id) => id === draftId);
    };
    expect(await refusalOf((await world.as(beta)).drafts.trash({ id: draftId }))).toBe('not-found');
    expect(await ids(false)).toEqual([draftId]);
    await own.trash({ id: draftId });
    await own.trash({ id: draftId });
    expect([await ids(false), await ids(true)]).toEqual([[], [draftId]]);

    expect(await refusalOf((await world.as(beta)).drafts.restore({ id: draftId }))).toBe('not-found');
    await own.restore({ id: draftId });
    await own.restore({ id: draftId });
    expect([await ids(false), await ids(true)]).toEqual([[draftId], []]);
    expect(await (await drafts(alpha)).openDraft({ id: draftId })).toMatchObject({
      body: 'not so bad after all',
    });

    await own.trash({ id: draftId });
    const stored = await world.container.stores.drafts.find(draftId, await idOf('alpha'));
    const days = ((stored?.expiresAt?.getTime() ?? 0) - Date.now()) / 86_400_000;
    expect(days).toBeCloseTo(30, 1);
  });

  it('comes back when another window still writes it', async () => {
    const draftId = newId();
    await save(draftId, 0, 'in two windows');
    const { drafts: own } = await world.as(alpha);
    await own.trash({ id: draftId });
    await save(draftId, 1, 'in two windows, and longer');
    expect((await own.list({})).drafts.map(({ id }) => id)).toContain(draftId);
  });

  it('is restored only where there is room, and the trash holds as many as a user may have', async () => {
    const gamma = await makePerson(world, 'gamma');
    const { drafts: own } = await world.as(gamma);
    const { drafts: stored } = world.container.stores;
    const authorId = await idOf('gamma');
    const insert = async (count: number) => {
      const made = Array.from({ length: count }, () => sampleDraft({ authorId }));
      for (const draft of made) await stored.save(draft, 0);
      return made.map(({ id }) => id);
    };
    const first = await insert(limits.drafts);
    for (const [n, id] of first.entries()) {
      const at = new Date(1_700_000_000_000 + n);
      await stored.trash(id, authorId, { at, expiresAt: new Date(Date.now() + 60_000) });
    }
    const [one = ''] = await insert(1);
    await own.trash({ id: one });
    expect(await stored.count(authorId, 999, true)).toBe(limits.drafts);
    expect(await stored.find(first[0] ?? '', authorId)).toBeNull();
    await insert(limits.drafts);
    expect(await refusalOf(own.restore({ id: one }))).toBe('too-large');
  });

  it('cannot be saved again after its letter was sent', async () => {
    const draftId = newId();
    await save(draftId, 0, 'to be sent');
    const letter = { letterId: draftId, to: 'beta', title: 'In progress', body: 'to be sent' };
    await (await world.as(alpha)).inClear.sendLetter(letter);
    for (const version of [0, 1]) expect(await refusalOf(save(draftId, version, 'again'))).toBe('conflict');
    expect((await (await drafts(alpha)).drafts()).drafts.some(({ id }) => id === draftId)).toBe(false);
  });

  it('does not stay behind a letter that is sent while its first save is under way, in either order', async () => {
    const { letters, drafts: kept } = world.container.stores;
    const send = async (letterId: string) =>
      (await world.as(alpha)).inClear.sendLetter({
        letterId,
        to: 'beta',
        title: 'In progress',
        body: 'sent',
      });
    const [savedFirst, sentFirst] = [newId(), newId()];
    const { insert } = letters;
    vi.spyOn(letters, 'insert').mockImplementationOnce(async (letter) => {
      await save(savedFirst, 0, 'saved meanwhile');
      return insert(letter);
    });
    expect(await refusalOf(send(savedFirst))).toBe('no refusal');
    const { save: store } = kept;
    vi.spyOn(kept, 'save').mockImplementationOnce(async (draft, version) => {
      await send(sentFirst);
      return store(draft, version);
    });
    expect(await refusalOf(save(sentFirst, 0, 'too late'))).toBe('conflict');
    vi.restoreAllMocks();
    for (const id of [savedFirst, sentFirst]) {
      expect(await refusalOf((await drafts(alpha)).openDraft({ id }))).toBe('not-found');
      expect((await (await world.as(alpha)).inClear.readLetter({ id })).content?.body).toBe('sent');
    }
  });

  it('stays untouched when another letter is refused or sent', async () => {
    const kept = newId();
    await save(kept, 0, 'must survive');
    const letters = (await world.as(alpha)).inClear;
    const other = { letterId: newId(), to: 'beta', title: 'no', body: '' };
    await expect(letters.sendLetter(other)).rejects.toThrow();
    await letters.sendLetter({ ...other, title: 'A proper title', body: 'and words' });
    expect(await (await drafts(alpha)).openDraft({ id: kept })).toMatchObject({ body: 'must survive' });
  });

  it('survives that its letter is refused', async () => {
    const draftId = newId();
    await save(draftId, 0, 'the words');
    const letters = (await world.as(alpha)).inClear;
    const refused = { letterId: draftId, title: 'In progress', body: 'the words' };
    expect(await refusalOf(letters.sendLetter({ ...refused, to: 'nobody_here' }))).toBe('forbidden');
    expect(await (await drafts(alpha)).openDraft({ id: draftId })).toMatchObject({ body: 'the words' });
  });
});

describe('the list of drafts', () => {
  it('shows every draft once over its pages, last saved first, even those saved in the same millisecond', async () => {
    const writer = await makePerson(world, 'writer');
    const list = async (cursor: string | undefined) => {
      const { drafts: items, nextCursor } = await (await world.as(writer)).inClear.drafts({ cursor });
      return { items, nextCursor };
    };
    const ids = Array.from({ length: 45 }, newId);
    world.clock.freeze();
    try {
      await Promise.all(
        ids.map(async (draftId) => (await drafts(writer)).saveDraft({ draftId, version: 0, body: draftId })),
      );
    } finally {
      world.clock.release();
    }
    const { items, sizes } = await readAllPages(list);
    expect(sizes).toEqual([20, 20, 5]);
    expect(items.map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(items.every(({ id, excerpt }) => id === excerpt)).toBe(true);

    const latest = ids[7] ?? '';
    await (await drafts(writer)).saveDraft({ draftId: latest, version: 1, body: 'newest' });
    expect((await list(undefined)).items[0]).toMatchObject({ id: latest, excerpt: 'newest' });
  });
});
