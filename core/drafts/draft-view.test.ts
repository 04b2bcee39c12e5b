import { describe, expect, it } from 'vitest';
import { randomBytes } from '#core/bytes.ts';
import {
  createIdentity,
  importMasterKey,
  isPaddedLength,
  newLetterKey,
  newMasterKey,
  openPhoto,
  sealedLengths,
  sealHeading,
} from '#core/crypto/index.ts';
import type { DraftView } from '#core/drafts/draft-view.ts';
import { openDraftView } from '#core/drafts/load-draft.ts';
import { sealDraft } from '#core/drafts/seal-draft.ts';
import { summarizeDrafts } from '#core/drafts/summarize-drafts.ts';
import { newId } from '#core/id.ts';
import { decodePhotoUpload, encodePhotoUpload } from '#core/photos/photo-upload.ts';
import { sealPhotoPair } from '#core/photos/upload-photo.ts';

async function makeKeys() {
  const userId = newId();
  const raw = newMasterKey();
  const masterKey = await importMasterKey(raw);
  const { identity } = await createIdentity(raw, { userId, epoch: 0 });
  return { userId, epoch: 0, masterKey, identity };
}
const keys = await makeKeys();

async function viewOf(stampIdea: string | undefined, body = 'Dear beta'): Promise<DraftView> {
  const id = newId();
  const content = { title: 'Not yet', body, photos: [] };
  const sealed = await sealDraft(keys, {
    draftId: id,
    key: newLetterKey(),
    content,
    to: 'beta',
    stampIdea,
  });
  const facts = { id, to: 'beta', version: 1, updatedAt: new Date(0), photos: [] };
  return { ...facts, ...sealed, stampIdea: sealed.stampIdea ?? null };
}

describe('a draft', () => {
  it('opens as it was sealed, with its key and its idea', async () => {
    const opened = await openDraftView(keys, await viewOf('a lighthouse'));
    expect(opened).toMatchObject({ content: { body: 'Dear beta' }, stampIdea: 'a lighthouse', photos: [] });
    expect(opened.key).toHaveLength(32);
  });

  it('keeps, removes or changes its idea as it is told', async () => {
    const content = { title: '', body: '', photos: [] };
    const draft = { draftId: newId(), key: newLetterKey(), content, to: null };
    expect((await sealDraft(keys, { ...draft, stampIdea: undefined })).stampIdea).toBeUndefined();
    expect((await sealDraft(keys, { ...draft, stampIdea: '' })).stampIdea).toBeNull();
  });

  it('names the friend its author chose, and nobody where the server says another', async () => {
    const view = await viewOf('');
    expect((await openDraftView(keys, view)).to).toBe('beta');
    for (const to of ['gamma', null]) expect((await openDraftView(keys, { ...view, to })).to).toBeNull();
    const { drafts } = await summarizeDrafts(keys, { drafts: [{ ...view, to: 'gamma' }], nextCursor: null });
    expect(drafts[0]?.to).toBeNull();
  });

  it('of somebody else, or moved to another id, opens for nobody', async () => {
    const view = await viewOf('');
    await expect(openDraftView(await makeKeys(), view)).rejects.toMatchObject({ reason: 'damaged' });
    await expect(openDraftView(keys, { ...view, id: newId() })).rejects.toMatchObject({ reason: 'damaged' });
  });

  it('that is damaged says so in the list, and the others are there', async () => {
    const [good, bad] = [
      await viewOf('', `  ${'word '.repeat(100)}`),
      { ...(await viewOf('')), id: newId() },
    ];
    const damaged: string[] = [];
    const { drafts } = await summarizeDrafts(keys, { drafts: [good, bad], nextCursor: null }, (id) =>
      damaged.push(id),
    );
    expect(drafts).toMatchObject([
      { title: 'Not yet', to: 'beta' },
      { title: '', excerpt: 'This draft is damaged and can’t be opened.' },
    ]);
    expect(drafts[0]?.excerpt).toHaveLength(140);
    expect(damaged).toEqual([bad.id]);
  });
});

describe('a photo', () => {
  it('is sealed in both sizes, and travels in one photoUpload', async () => {
    const key = newLetterKey();
    const ref = { letterId: newId(), photoId: newId() };
    const picture = { full: randomBytes(5_000), preview: randomBytes(300) };
    const { seal, ...sealed } = await sealPhotoPair(key, ref, picture);
    const photoUpload = decodePhotoUpload(
      encodePhotoUpload({ draftId: ref.letterId, photoId: ref.photoId, ...sealed }),
    );
    expect(photoUpload).toEqual({ draftId: ref.letterId, photoId: ref.photoId, ...sealed });
    for (const variant of ['full', 'preview'] as const) {
      const hash = variant === 'full' ? seal.fullHash : seal.previewHash;
      expect(await openPhoto(key, { ...ref, variant }, sealed[variant], hash)).toEqual(picture[variant]);
    }
  });

  it('in a photoUpload that is cut short is none', () => {
    const photoUpload = encodePhotoUpload({
      draftId: newId(),
      photoId: newId(),
      full: randomBytes(9),
      preview: randomBytes(100),
    });
    for (const length of [0, 5, 27, 28, 60])
      expect(decodePhotoUpload(photoUpload.slice(0, length))).toBeNull();
  });
});

describe('somebody without a key', () => {
  it('can tell what is as long as something sealed', async () => {
    const heading = await sealHeading(keys.masterKey, { letterId: newId(), userId: keys.userId }, 'x');
    expect(heading).toHaveLength(sealedLengths.heading);
    const { payload, sealedKey } = await viewOf('', 'x'.repeat(70_000));
    expect(sealedKey).toHaveLength(sealedLengths.wrappedKey);
    expect(isPaddedLength(payload.length, 100_000)).toBe(true);
    expect(isPaddedLength(payload.length, 60_000)).toBe(false);
    expect(isPaddedLength(payload.length + 1, 100_000)).toBe(false);
    expect(isPaddedLength(10, 100_000)).toBe(false);
  });
});
