import { beforeAll, describe, expect, it } from 'vitest';
import { type Bytes, randomBytes, toHex } from '#core/bytes.ts';
import { sealWithSubkey } from '#core/crypto/aead.ts';
import { importHkdfKey } from '#core/crypto/hkdf.ts';
import {
  hashCiphertext,
  isPaddedLength,
  maxSealedContent,
  newLetterKey,
  openPhoto,
  type PhotoRef,
  sealPhoto,
} from '#core/crypto/index.ts';
import { limits } from '#core/schemas/limits.ts';
import { damaged, withFlippedByte } from '#tests/support/crypto-people.ts';

const ref: PhotoRef = { letterId: 'a'.repeat(24), photoId: 'b'.repeat(24), variant: 'full' };
let key: Bytes;
let sealed: Bytes;
let photo: Bytes;
beforeAll(async () => {
  key = newLetterKey();
  photo = randomBytes(200);
  sealed = await sealPhoto(key, ref, photo);
});

describe('a sealed photo', () => {
  it('opens to the same bytes, also when empty or large', async () => {
    const large = new Uint8Array(3_000_000).fill(7);
    for (const bytes of [photo, new Uint8Array(0), large]) {
      const opened = await openPhoto(key, ref, await sealPhoto(key, ref, bytes));
      expect(await hashCiphertext(opened)).toBe(await hashCiphertext(bytes));
    }
  });

  it('is refused with any byte changed, and at any other length', async () => {
    expect(sealed.length).toBeGreaterThan(photo.length);
    for (const position of sealed.keys()) {
      const reason = position === 0 ? 'unknown-suite' : 'damaged';
      await expect(openPhoto(key, ref, withFlippedByte(sealed, position))).rejects.toMatchObject({ reason });
      await expect(openPhoto(key, ref, sealed.slice(0, position))).rejects.toMatchObject(damaged);
    }
  });

  it.each<[string, Partial<PhotoRef>]>([
    ['another letter', { letterId: 'c'.repeat(24) }],
    ['another photo', { photoId: 'c'.repeat(24) }],
    ['the other size', { variant: 'preview' }],
    ['ids that join to the same text', { letterId: 'a'.repeat(23), photoId: `a${'b'.repeat(24)}` }],
  ])('is refused as %s', async (_what, changes) => {
    await expect(openPhoto(key, { ...ref, ...changes }, sealed)).rejects.toMatchObject(damaged);
  });

  it('is refused with another key, or one of the wrong length', async () => {
    await expect(openPhoto(newLetterKey(), ref, sealed)).rejects.toMatchObject(damaged);
    await expect(openPhoto(key.slice(1), ref, sealed)).rejects.toMatchObject({ reason: 'malformed' });
    await expect(sealPhoto(key.slice(1), ref, photo)).rejects.toMatchObject({ reason: 'malformed' });
  });

  it('is refused when the letter records another ciphertext, even one sealed with the right key', async () => {
    const hash = await hashCiphertext(sealed);
    expect(toHex(await openPhoto(key, ref, sealed, hash))).toBe(toHex(photo));
    const replaced = await sealPhoto(key, ref, randomBytes(200));
    expect(await openPhoto(key, ref, replaced)).toHaveLength(200);
    await expect(openPhoto(key, ref, replaced, hash)).rejects.toMatchObject(damaged);
    await expect(openPhoto(key, ref, sealed, hash.toUpperCase())).rejects.toMatchObject(damaged);
  });

  it('is padded: pictures of about the same size are the same when sealed', async () => {
    const lengths = new Map<number, Set<number>>();
    for (const [from, to] of [
      [1, 1020],
      [700_000, 700_400],
    ] as const) {
      const sealedLengths = new Set<number>();
      for (const length of [from, from + 13, to - 1, to]) {
        const sealed = await sealPhoto(key, ref, new Uint8Array(length));
        expect(isPaddedLength(sealed.length, length)).toBe(true);
        sealedLengths.add(sealed.length);
      }
      lengths.set(from, sealedLengths);
    }
    expect([...lengths.values()].map(({ size }) => size)).toEqual([1, 1]);
  });

  it('fits a sealed length with exactly the content that is said to fit', async () => {
    for (const sealedLength of [limits.sealedPhotoBytes, limits.sealedPreviewBytes, 29 + 1024, 54_321]) {
      const most = maxSealedContent(sealedLength);
      expect((await sealPhoto(key, ref, new Uint8Array(most))).length).toBeLessThanOrEqual(sealedLength);
      expect((await sealPhoto(key, ref, new Uint8Array(most + 1))).length).toBeGreaterThan(sealedLength);
    }
  });

  it('of the first version, which was not padded, opens in its own place and with its own bytes only', async () => {
    const older = await sealOfVersion1(photo);
    expect(older).toHaveLength(29 + photo.length);
    expect(toHex(await openPhoto(key, ref, older))).toBe(toHex(photo));
    await expect(openPhoto(key, { ...ref, variant: 'preview' }, older)).rejects.toMatchObject(damaged);
    const [turnedOld, turnedNew] = [Uint8Array.from(sealed), Uint8Array.from(older)];
    [turnedOld[0], turnedNew[0]] = [1, 2];
    await expect(openPhoto(key, ref, turnedOld)).rejects.toMatchObject(damaged);
    await expect(openPhoto(key, ref, turnedNew)).rejects.toMatchObject(damaged);
  });
});

const sealOfVersion1 = async (bytes: Bytes) =>
  sealWithSubkey(await importHkdfKey(key), 'bff/v1/photo', [ref.letterId, ref.photoId, ref.variant], bytes);
