import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newLetterKey, openPhoto, PHOTO_VERSION, SUITE } from '#core/crypto/index.ts';
import { sealDraft } from '#core/drafts/seal-draft.ts';
import { summarizeDrafts } from '#core/drafts/summarize-drafts.ts';
import { HOUR } from '#core/durations.ts';
import { newId } from '#core/id.ts';
import { encodePhotoUpload } from '#core/photos/photo-upload.ts';
import { limits } from '#core/schemas/limits.ts';
import { type Installation, openInstallation } from '#tests/support/installation.ts';
import { makeFriends, type Person, refusalOf } from '#tests/support/journey-people.ts';
import { makePhoto } from '#tests/support/make-photos.ts';
import { type SealedPerson, sealedPerson, sealedPhoto, streamOf } from '#tests/support/sealed-person.ts';
import { collectPhotos } from '#worker/collect-photos.ts';

let world: Installation;
let people: { alpha: Person; beta: Person };
let alpha: SealedPerson;
let beta: SealedPerson;
beforeAll(async () => {
  world = await openInstallation({ rateLimits: false });
  people = await makeFriends(world);
  [alpha, beta] = await Promise.all([sealedPerson(world, people.alpha), sealedPerson(world, people.beta)]);
});
afterAll(() => world.close());

const words = { title: 'Not yet', body: 'Dear beta,' };
const upload = (person: SealedPerson, photoUpload: Uint8Array) =>
  person.api.photos.upload(streamOf(photoUpload));

/** What is saved of a draft, sealed. */
async function sealPendingPhrase(draftId: string, key = newLetterKey(), text = words) {
  const content = { ...text, photos: [] };
  const sealed = await sealDraft(alpha.keys, {
    draftId,
    key,
    content,
    to: 'beta',
    stampIdea: undefined,
  });
  return { draftId, to: 'beta', photos: [], ...sealed };
}

describe('a draft that is sealed by its author', () => {
  it('is there on another device, and in a session with keys in the server, and the reverse', async () => {
    const { letterId } = await alpha.draft('beta', words, 2);
    const other = await sealedPerson(world, people.alpha);
    expect((await other.openDraft(letterId)).content).toMatchObject({ ...words, photos: [{}, {}] });
    const assisted = await world.as(people.alpha);
    const opened = await assisted.inClear.openDraft({ id: letterId });
    expect(opened).toMatchObject({ ...words, to: 'beta', version: 2, photos: [{ caption: 'photo 0' }, {}] });
    expect((await assisted.inClear.draftPhoto({ id: letterId, n: 1, size: 'preview' })).bytes).toHaveLength(
      300,
    );

    const photo = await makePhoto(2, { width: 64, height: 48 });
    await assisted.inClear.saveDraft({
      draftId: letterId,
      version: 2,
      ...words,
      to: 'beta',
      newPhotos: [photo],
    });
    const view = await alpha.api.drafts.get({ id: letterId });
    const { key, content } = await alpha.openDraft(letterId);
    expect(content.photos).toHaveLength(3);
    const { bytes } = await alpha.api.drafts.photo({ id: letterId, n: 2 });
    const ref = { letterId, photoId: content.photos[2]?.photoId ?? '', variant: 'full' as const };
    expect((await openPhoto(key, ref, bytes, view.photos[2]?.fullHash)).length).toBeGreaterThan(300);
    const { drafts } = await summarizeDrafts(alpha.keys, await alpha.api.drafts.list({}));
    expect(drafts[0]).toMatchObject({ title: words.title, to: 'beta', photoCount: 3 });
  });

  it('saved from two windows at once is saved by one of them', async () => {
    const { letterId } = await alpha.draft('beta', words);
    const drafts = await Promise.all(Array.from({ length: 5 }, () => sealPendingPhrase(letterId)));
    const saves = drafts.map((draft) => refusalOf(alpha.api.drafts.save({ ...draft, version: 1 })));
    expect((await Promise.all(saves)).sort()).toEqual([...Array(4).fill('conflict'), 'no refusal']);
  });

  it('is saved once when the answer is lost and the same save comes again, but not over a later one', async () => {
    const { letterId } = await alpha.draft('beta', words);
    const save = { ...(await sealPendingPhrase(letterId)), version: 1 };
    const answers = [await alpha.api.drafts.save(save), await alpha.api.drafts.save(save)];
    expect(answers.map(({ version }) => version)).toEqual([2, 2]);
    await alpha.api.drafts.save({ ...(await sealPendingPhrase(letterId)), version: 2 });
    expect(await refusalOf(alpha.api.drafts.save(save))).toBe('conflict');
  });

  it('is not thrown away for a letter of older words: a form that was left open elsewhere is not sent', async () => {
    const draft = await alpha.draft('beta', words);
    const longer = { title: 'Not yet', body: 'Dear beta, and so on.' };
    await alpha.api.drafts.save({
      ...(await sealPendingPhrase(draft.letterId, draft.key, longer)),
      version: 1,
    });
    const send = async (draftVersion: number) =>
      alpha.api.letters.send({ ...(await alpha.seal(draft)), draftVersion });
    expect(await refusalOf(send(1))).toBe('conflict');
    expect((await alpha.openDraft(draft.letterId)).content).toMatchObject(longer);
    expect(await refusalOf(send(2))).toBe('no refusal');
  });

  it('cannot be saved once it was sent', async () => {
    const draft = await alpha.draft('beta', words);
    await alpha.send(draft);
    const sealed = await sealPendingPhrase(draft.letterId, draft.key);
    for (const version of [0, 1]) {
      expect(await refusalOf(alpha.api.drafts.save({ ...sealed, version }))).toBe('conflict');
    }
  });

  it('is refused when it is not as long, or not as sealed, as it should be', async () => {
    const draft = await sealPendingPhrase(newId());
    const twice = { photoId: newId(), fullHash: 'a'.repeat(64), previewHash: 'b'.repeat(64) };
    for (const change of [
      { payload: draft.payload.slice(1) },
      { payload: new Uint8Array(29 + 2 ** 20).fill(1) },
      { sealedKey: draft.sealedKey.slice(1) },
      { sealedKey: new Uint8Array(draft.sealedKey.length) },
      { stampIdea: new Uint8Array(7).fill(1) },
      { photos: [twice] },
      { photos: [twice, twice] },
      { photos: Array.from({ length: 13 }, () => ({ ...twice, photoId: newId() })) },
      { version: -1 },
      { draftId: 'x' },
    ]) {
      const save = alpha.api.drafts.save({ ...draft, version: 0, ...change });
      expect(await refusalOf(save), Object.keys(change)[0]).toBe('invalid-input');
    }
  });

  it('is nobody else’s', async () => {
    const { letterId } = await alpha.draft('beta', words, 1);
    expect(await refusalOf(beta.api.drafts.get({ id: letterId }))).toBe('not-found');
    expect(await refusalOf(beta.api.drafts.photo({ id: letterId, n: 0 }))).toBe('not-found');
    expect((await beta.api.drafts.list({})).drafts).toEqual([]);
  });
});

describe('a sealed photo', () => {
  it('can be uploaded again after the answer was lost, and is one photo', async () => {
    const { letterId, key } = await alpha.draft('beta', words);
    const { photoUpload, seal } = await sealedPhoto(letterId, key);
    const answers = await Promise.all([1, 2, 3].map(() => upload(alpha, photoUpload)));
    expect(answers).toEqual(answers.map(() => ({ photoId: seal.photoId })));
  });

  it('is never written over: not by its author, not by anybody else, not in another draft', async () => {
    const { letterId, key, photos } = await alpha.draft('beta', words, 1);
    const photoId = photos[0]?.photoId ?? '';
    const other = await sealedPhoto(letterId, key, photoId);
    expect(await refusalOf(upload(alpha, other.photoUpload))).toBe('conflict');
    const elsewhere = await alpha.draft('beta', words);
    const swapped = await sealedPhoto(elsewhere.letterId, elsewhere.key, photoId);
    expect(await refusalOf(upload(alpha, swapped.photoUpload))).toBe('conflict');
    const theirs = await beta.draft('alpha', words);
    const stolen = await sealedPhoto(theirs.letterId, theirs.key, photoId);
    expect(await refusalOf(upload(beta, stolen.photoUpload))).toBe('conflict');
    const { bytes } = await alpha.api.drafts.photo({ id: letterId, n: 0 });
    const ref = { letterId, photoId, variant: 'full' as const };
    expect(await openPhoto(key, ref, bytes, photos[0]?.fullHash)).toHaveLength(900);
  });

  it('goes into a draft of one’s own only, and not into a letter that was sent', async () => {
    const draft = await alpha.draft('beta', words, 1);
    const { photoUpload } = await sealedPhoto(draft.letterId, draft.key);
    expect(await refusalOf(upload(beta, photoUpload))).toBe('not-found');
    await alpha.send(draft);
    expect(await refusalOf(upload(alpha, photoUpload))).toBe('not-found');
    const nowhere = await sealedPhoto(newId(), draft.key);
    expect(await refusalOf(upload(alpha, nowhere.photoUpload))).toBe('not-found');
  });

  it('of another draft or letter cannot be named by a draft or sent with a letter', async () => {
    const mine = await alpha.draft('beta', words, 1);
    const other = await alpha.draft('beta', words);
    const sealed = await sealPendingPhrase(other.letterId, other.key);
    const save = alpha.api.drafts.save({ ...sealed, version: 1, photos: mine.photos });
    expect(await refusalOf(save)).toBe('invalid-input');
    const sending = alpha.send({ ...other, content: mine.content, photos: mine.photos });
    expect(await refusalOf(sending)).toBe('invalid-input');
    const fullHash = '0'.repeat(64);
    const changed = { ...mine, photos: mine.photos.map((seal) => ({ ...seal, fullHash })) };
    expect(await refusalOf(alpha.send(changed))).toBe('invalid-input');
  });

  it('is refused when it is too large, none, or one too many', async () => {
    const { letterId: draftId, key } = await alpha.draft('beta', words);
    const photoId = newId();
    const sealed = (length: number) => new Uint8Array(length).fill(PHOTO_VERSION);
    const [small, large] = [sealed(29 + 1024), sealed(limits.sealedPhotoBytes + 1)];
    const big = sealed(limits.sealedPreviewBytes + 1);
    const photoUpload = (full: Uint8Array<ArrayBuffer>, preview: Uint8Array<ArrayBuffer>) =>
      encodePhotoUpload({ draftId, photoId, full, preview });
    expect(await refusalOf(upload(alpha, photoUpload(large, small)))).toBe('too-large');
    expect(await refusalOf(upload(alpha, photoUpload(small, big)))).toBe('too-large');
    expect(await refusalOf(upload(alpha, new Uint8Array(9_000_000)))).toBe('too-large');
    const plain = new TextEncoder().encode('\xff\xd8\xff a photo that nobody sealed, long enough');
    const unpadded = sealed(29 + 2000);
    for (const none of [
      photoUpload(plain, small),
      photoUpload(small, plain),
      photoUpload(small, unpadded),
      photoUpload(unpadded, small),
      photoUpload(small, small).slice(0, 80),
    ]) {
      expect(await refusalOf(upload(alpha, none))).toBe('invalid-input');
    }
    expect(await refusalOf(upload(alpha, new Uint8Array(0)))).toBe('invalid-input');
    const older = new Uint8Array(29 + 1024).fill(SUITE);
    await expect(upload(alpha, photoUpload(older, older))).rejects.toThrow(/reload the page/);
    for (let n = 0; n < limits.uploadsPerDraft; n += 1) {
      await upload(alpha, (await sealedPhoto(draftId, key)).photoUpload);
    }
    expect(await refusalOf(upload(alpha, (await sealedPhoto(draftId, key)).photoUpload))).toBe('too-large');
  });

  it('that no save ever named is collected, and the others stay', async () => {
    const kept = await alpha.draft('beta', words, 1);
    const orphan = await sealedPhoto(kept.letterId, kept.key);
    await upload(alpha, orphan.photoUpload);
    world.clock.advance(25 * HOUR);
    await collectPhotos(world.container);
    const { photos } = world.container.stores;
    expect(await photos.find(orphan.seal.photoId, kept.letterId)).toBeNull();
    expect(await photos.find(kept.photos[0]?.photoId ?? '', kept.letterId)).not.toBeNull();
  });
});
