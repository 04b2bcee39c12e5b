import { expect, it } from 'vitest';
import { equalBytes } from '#core/bytes.ts';
import { newId } from '#core/id.ts';
import type { DraftToSave } from '#server/drafts/draft.store.ts';
import { everyByte, sampleDraft, sampleLetter, samplePhoto } from '#tests/support/database-samples.ts';
import type { SuiteContext } from '../store-suite.ts';

export function draftAndPhotoStoreTests(context: SuiteContext): void {
  it('saves a draft version after version, and keeps when it was begun', async () => {
    const { drafts } = context.stores;
    const draft = sampleDraft();
    expect(await drafts.save(draft, 0)).toBe('saved');
    expect(await drafts.save(draft, 0)).toBe('stale');
    expect(await drafts.find(draft.id, draft.authorId)).toMatchObject({
      ...draft,
      receiverId: null,
      version: 1,
    });
    const next = {
      ...draft,
      receiverId: newId(),
      payload: everyByte,
      photoIds: [newId()],
      photoFullHashes: ['aa'],
      photoPreviewHashes: ['bb'],
      createdAt: new Date(99),
      updatedAt: new Date(1_700_000_009_000),
    };
    expect(await drafts.save(next, 1)).toBe('saved');
    const stored = await drafts.find(draft.id, draft.authorId);
    expect(stored).toMatchObject({ ...next, createdAt: draft.createdAt, version: 2 });
    expect(await drafts.save({ ...next, receiverId: null }, 2)).toBe('saved');
    expect(await drafts.find(draft.id, draft.authorId)).toMatchObject({ receiverId: null, version: 3 });
  });

  it('lets one of twenty writers save over the same version', async () => {
    const { drafts } = context.stores;
    const draft = sampleDraft();
    const save = (version: number) =>
      Promise.all(Array.from({ length: 20 }, () => drafts.save(draft, version)));
    for (const version of [0, 1, 2]) {
      const outcomes = await save(version);
      expect(outcomes.filter((outcome) => outcome === 'saved')).toHaveLength(1);
    }
    expect(await drafts.save(draft, 7)).toBe('stale');
  });

  it('shows a draft to its author only', async () => {
    const { drafts } = context.stores;
    const draft = sampleDraft();
    await drafts.save(draft, 0);
    const other = newId();
    expect(await drafts.find(draft.id, other)).toBeNull();
    expect(await drafts.save({ ...draft, authorId: other }, 1)).toBe('stale');
    expect(await drafts.delete(draft.id, other)).toBe(false);
    expect(await drafts.delete(draft.id, draft.authorId)).toBe(true);
    expect(await drafts.delete(draft.id, draft.authorId)).toBe(false);
    expect(await drafts.save(draft, 1)).toBe('stale');
  });

  it('keeps a deleted draft apart until it is restored, saved again, or over', async () => {
    const { drafts } = context.stores;
    const [first, second] = [1, 2].map((n) =>
      sampleDraft({ updatedAt: new Date(1_700_000_000_000 + n) }),
    ) as [DraftToSave, DraftToSave];
    const { authorId } = first;
    second.authorId = authorId;
    for (const draft of [first, second]) await drafts.save(draft, 0);
    const until = { at: new Date(), expiresAt: new Date(Date.now() + 60_000) };
    const listed = async (inTrash: boolean) =>
      (await drafts.list(authorId, { limit: 10 }, inTrash)).items.map(({ id }) => id);

    expect(await drafts.trash(first.id, newId(), until)).toBe(false);
    expect(await drafts.trash(first.id, authorId, until)).toBe(true);
    expect(await drafts.trash(first.id, authorId, until)).toBe(false);
    expect([await listed(false), await listed(true)]).toEqual([[second.id], [first.id]]);
    expect([await drafts.count(authorId, 9), await drafts.count(authorId, 9, true)]).toEqual([1, 1]);
    expect(await drafts.find(first.id, authorId)).toMatchObject({ trashedAt: until.at, version: 1 });

    await drafts.trash(second.id, authorId, { ...until, at: new Date(Date.now() + 1_000) });
    expect(await listed(true)).toEqual([second.id, first.id]);
    expect((await drafts.findOldestInTrash(authorId))?.id).toBe(first.id);
    expect(await drafts.restore(first.id, newId())).toBe(false);
    expect(await drafts.restore(first.id, authorId)).toBe(true);
    expect(await drafts.restore(first.id, authorId)).toBe(false);
    expect(await drafts.save({ ...second, updatedAt: new Date() }, 1)).toBe('saved');
    expect([await listed(false), await listed(true)]).toEqual([[second.id, first.id], []]);
    expect(await drafts.find(second.id, authorId)).toMatchObject({ trashedAt: null, expiresAt: null });
    expect(await drafts.findOldestInTrash(authorId)).toBeNull();
  });

  it('lists drafts by their last change, in pages', async () => {
    const { drafts } = context.stores;
    const authorId = newId();
    const made = Array.from({ length: 25 }, (_, i) =>
      sampleDraft({ authorId, updatedAt: new Date(1_700_000_000_000 + (i % 4) * 1000) }),
    );
    for (const draft of made) await drafts.save(draft, 0);
    const order = made
      .map(({ id, updatedAt }) => ({ id, time: updatedAt.getTime() }))
      .sort((a, b) => b.time - a.time || (a.id < b.id ? 1 : -1));
    const first = await drafts.list(authorId, { limit: 10 });
    const second = await drafts.list(authorId, { cursor: first.nextCursor, limit: 10 });
    const third = await drafts.list(authorId, { cursor: second.nextCursor, limit: 10 });
    const read = [first, second, third].flatMap(({ items }) => items.map(({ id }) => id));
    expect(read).toEqual(order.map(({ id }) => id));
    expect(third.nextCursor).toBeNull();
    expect(first.items[0]?.payload).toBeInstanceOf(Uint8Array);
  });

  it('keeps a photo in two sizes, for its letter only', async () => {
    const { photos } = context.stores;
    const photo = samplePhoto({ full: new Uint8Array(600_000).fill(0xfe), preview: everyByte });
    expect(await photos.insert(photo)).toBe('inserted');
    expect(await photos.insert(photo)).toBe('exists');
    const stored = await photos.find(photo.id, photo.letterId);
    expect(stored && equalBytes(stored.full, photo.full)).toBe(true);
    expect({ ...stored, full: null }).toEqual({ ...photo, full: null });
    expect(await photos.findVariant(photo.id, photo.letterId, 'preview')).toEqual(everyByte);
    const full = await photos.findVariant(photo.id, photo.letterId, 'full');
    expect(full && equalBytes(full, photo.full)).toBe(true);
    expect(await photos.find(photo.id, newId())).toBeNull();
    expect(await photos.findVariant(photo.id, newId(), 'full')).toBeNull();
  });

  it('lists the ids of an author’s photos for one letter', async () => {
    const { photos } = context.stores;
    const [one, other] = [samplePhoto(), samplePhoto()];
    const second = samplePhoto({ letterId: one.letterId, authorId: one.authorId });
    for (const photo of [one, other, second]) await photos.insert(photo);
    const { letterId, authorId } = one;
    expect((await photos.listIds(letterId, authorId, 9)).sort()).toEqual([one.id, second.id].sort());
    expect(await photos.listIds(letterId, authorId, 1)).toHaveLength(1);
    expect(await photos.listIds(letterId, newId(), 9)).toEqual([]);
    expect(await photos.listIds('nonsense', authorId, 9)).toEqual([]);
  });

  it('finds the photos that no draft and no letter holds, and deletes them', async () => {
    const { photos, drafts, letters } = context.stores;
    const createdAt = new Date(1000);
    const inLetter = samplePhoto({ createdAt });
    const inDraft = samplePhoto({ createdAt });
    const removedFromDraft = samplePhoto({ createdAt, letterId: inDraft.letterId });
    const ofNothing = samplePhoto({ createdAt: new Date(900) });
    const tooYoung = samplePhoto({ createdAt: new Date(2000) });
    for (const photo of [inLetter, inDraft, removedFromDraft, ofNothing, tooYoung])
      await photos.insert(photo);
    await letters.insert(sampleLetter({ id: inLetter.letterId, photoIds: [inLetter.id] }));
    await drafts.save(sampleDraft({ id: inDraft.letterId, photoIds: [inDraft.id] }), 0);

    const orphans = await photos.listOrphans(new Date(1500), 10);
    expect(orphans.map(({ id }) => id)).toEqual([ofNothing.id, removedFromDraft.id]);
    expect(await photos.listOrphans(new Date(1500), 1)).toHaveLength(1);
    const gone = await photos.deleteOrphans([...orphans, { ...inLetter, kilobytes: 0 }]);
    expect(gone.map(({ id }) => id)).toEqual([ofNothing.id, removedFromDraft.id]);
    expect(await photos.deleteOrphans(orphans)).toEqual([]);
    expect(await photos.listOrphans(new Date(1500), 10)).toEqual([]);
    expect(await photos.find(inLetter.id, inLetter.letterId)).not.toBeNull();
    expect(await photos.find(tooYoung.id, tooYoung.letterId)).not.toBeNull();
  });

  it('remembers one place a reader and letter, the last one', async () => {
    const { readings } = context.stores;
    const [readerId, letterId] = [newId(), newId()];
    expect(await readings.find(readerId, letterId)).toBeNull();
    const save = (position: number, ms: number) =>
      readings.save({ readerId, letterId, position, at: new Date(ms) });
    await Promise.all(Array.from({ length: 20 }, (_, i) => save(i, 100 + i)));
    await save(500, 1000);
    await save(500, 1000);
    expect(await readings.find(readerId, letterId)).toMatchObject({
      position: 500,
      updatedAt: new Date(1000),
    });
    expect(await readings.find(letterId, readerId)).toBeNull();
  });

  it('keeps feedback with and without a person', async () => {
    const { feedback } = context.stores;
    const entry = { subject: 'Cats', message: 'More\ncats', createdAt: new Date(1) };
    await feedback.insert({ id: newId(), userId: newId(), ...entry });
    const nobody = newId();
    await feedback.insert({ id: nobody, userId: null, ...entry });
    const row = await context.db.orm.feedback.where({ _id: nobody }).first();
    expect(row?.message).toBe('More\ncats');
    expect(row?.userId ?? null).toBeNull();
  });
}
