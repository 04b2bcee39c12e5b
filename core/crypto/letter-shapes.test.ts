import { beforeAll, describe, expect, it } from 'vitest';
import { type Bytes, encodeUtf8, fromHex } from '#core/bytes.ts';
import { sealWithSubkey } from '#core/crypto/aead.ts';
import { importHkdfKey } from '#core/crypto/hkdf.ts';
import { sealAuthenticated } from '#core/crypto/hpke.ts';
import { withPair } from '#core/crypto/identity.ts';
import {
  hashCiphertext,
  type LetterContent,
  type LetterEnvelope,
  openDraft,
  openLetter,
  type PhotoSeal,
  sealDraft,
  sealLetter,
} from '#core/crypto/index.ts';
import { encodeLetter } from '#core/crypto/letter-statement.ts';
import { padPadme } from '#core/crypto/padding.ts';
import {
  createPerson,
  damaged,
  type Person,
  type WrittenLetter,
  writeLetter,
} from '#tests/support/crypto-people.ts';

let alpha: Person;
let beta: Person;
let written: WrittenLetter;
beforeAll(async () => {
  [alpha, beta] = await Promise.all([createPerson(), createPerson()]);
  written = await writeLetter(alpha, beta, { title: 'T', body: 'B', captions: ['c'] });
});

/** What a friend with a client of their own could send: any bytes as the payload, correctly sealed and signed. */
async function openForged(padded: Bytes) {
  const { envelope, letter, key } = written;
  const { letterId, authorId, receiverId } = envelope;
  const base = await importHkdfKey(key);
  const payload = await sealWithSubkey(base, 'bff/v1/letter', [letterId, authorId, receiverId], padded);
  const payloadHash = fromHex(await hashCiphertext(payload));
  const sealedForReceiver = await withPair(alpha.identity, (sender) =>
    sealAuthenticated({
      recipientPublicKey: beta.publicKey,
      sender,
      info: 'bff/v1/letter-key',
      associatedData: encodeLetter('bff/v1/letter-key', 'receiver', envelope, letter.photos, payloadHash),
      plaintext: key,
    }),
  );
  return openLetter({
    letter: { ...letter, payload, sealedForReceiver },
    reader: 'receiver',
    identity: beta.identity,
    authorPublicKey: alpha.publicKey,
  });
}

const openForgedJson = (value: unknown) => openForged(padPadme(encodeUtf8(JSON.stringify(value))));

describe('a letter sealed by a dishonest friend', () => {
  it('opens when its content is as it should be, without what does not belong there', async () => {
    const { content } = await openForgedJson({ ...written.content, extra: 1, constructor: 'x' });
    expect(content).toEqual(written.content);
    expect(Object.keys(content)).toEqual(['title', 'body', 'photos']);
  });

  const photo = (changes: Record<string, unknown>) => () => ({
    ...written.content,
    photos: [{ ...written.content.photos[0], ...changes }],
  });
  it.each<[string, () => unknown]>([
    ['nothing', () => null],
    ['a list', () => []],
    ['a text', () => 'Hello'],
    ['no title', () => ({ ...written.content, title: undefined })],
    ['a title that is an object', () => ({ ...written.content, title: { toString: 'x' } })],
    ['a body that is a number', () => ({ ...written.content, body: 7 })],
    ['no photos', () => ({ ...written.content, photos: undefined })],
    ['photos that are no list', () => ({ ...written.content, photos: { length: 1 } })],
    ['an empty list of photos', () => ({ ...written.content, photos: [] })],
    ['a photo that is nothing', () => ({ ...written.content, photos: [null] })],
    [
      'the photo twice',
      () => ({ ...written.content, photos: [...written.content.photos, ...written.content.photos] }),
    ],
    ['another photo', photo({ photoId: 'f'.repeat(24) })],
    ['a photo id that is a list', photo({ photoId: ['x'] })],
    ['a caption that is no text', photo({ caption: 1 })],
    ['a width that is no number', photo({ width: '2048' })],
    ['a width of nothing', photo({ width: 0 })],
    ['a height that is not whole', photo({ height: 1.5 })],
    ['a height below nothing', photo({ height: -1 })],
    ['a photo as tall as nothing is', photo({ height: 16_385 })],
    ['a media type that a browser runs', photo({ mediaType: 'text/html' })],
    ['a picture that a browser runs', photo({ mediaType: 'image/svg+xml' })],
    ['a media type with a header in it', photo({ mediaType: 'image/webp\r\nX: y' })],
  ])('is damaged with %s', async (_what, make) => {
    await expect(openForgedJson(make())).rejects.toMatchObject(damaged);
  });

  it.each<[string, () => Bytes]>([
    ['no JSON', () => padPadme(encodeUtf8('{'))],
    ['no UTF-8', () => padPadme(new Uint8Array([0xff, 0xfe]))],
    ['no padding', () => encodeUtf8(JSON.stringify(written.content))],
    ['nothing at all', () => new Uint8Array(0)],
  ])('is damaged with %s', async (_what, make) => {
    await expect(openForged(make())).rejects.toMatchObject(damaged);
  });
});

describe('sealing', () => {
  const seal = (changes: {
    envelope?: Partial<LetterEnvelope>;
    content?: unknown;
    photos?: PhotoSeal[];
    key?: Bytes;
    receiverPublicKey?: Bytes;
  }) =>
    sealLetter({
      envelope: { ...written.envelope, ...changes.envelope },
      content: (changes.content ?? written.content) as LetterContent,
      photos: changes.photos ?? written.letter.photos,
      key: changes.key ?? written.key,
      author: alpha.identity,
      receiverPublicKey: changes.receiverPublicKey ?? beta.publicKey,
    });

  const rehashed = (changes: Partial<PhotoSeal>) =>
    written.letter.photos.map((photo) => ({ ...photo, ...changes }));
  it.each<[string, () => Parameters<typeof seal>[0]]>([
    ['a key that is too short', () => ({ key: new Uint8Array(31) })],
    ['another suite', () => ({ envelope: { suite: 2 as 1 } })],
    ['an empty id', () => ({ envelope: { letterId: '' } })],
    ['an id with half a character', () => ({ envelope: { receiverId: '\ud800' } })],
    ['a time that is no number', () => ({ envelope: { createdAt: Number.NaN } })],
    ['a time with fractions', () => ({ envelope: { createdAt: 1.5 } })],
    ['an epoch below zero', () => ({ envelope: { authorEpoch: -1 } })],
    ['photos that are not the content’s', () => ({ photos: [] })],
    ['a photo hash that is none', () => ({ photos: rehashed({ fullHash: 'x' }) })],
    ['a preview hash in capitals', () => ({ photos: rehashed({ previewHash: 'A'.repeat(64) }) })],
    ['content of another shape', () => ({ content: { ...written.content, body: undefined } })],
    ['a receiver’s key of the wrong length', () => ({ receiverPublicKey: new Uint8Array(33) })],
    ['a receiver’s key of zeros', () => ({ receiverPublicKey: new Uint8Array(32) })],
    ['a receiver’s key of small order', () => ({ receiverPublicKey: new Uint8Array(32).fill(1, 0, 1) })],
  ])('refuses %s', async (_what, make) => {
    await expect(seal(make())).rejects.toMatchObject({ name: 'CryptoRefusal', reason: 'malformed' });
  });
});

describe('a draft', () => {
  const ref = { draftId: 'a'.repeat(24), authorId: 'b'.repeat(24) };

  it('opens to what was saved, and only with its key, id and author', async () => {
    const { key, content } = written;
    const sealed = await sealDraft(key, ref, content);
    expect(await openDraft(key, ref, sealed)).toEqual(content);
    await expect(openDraft(new Uint8Array(32), ref, sealed)).rejects.toMatchObject(damaged);
    for (const other of [
      { ...ref, draftId: ref.authorId },
      { ...ref, authorId: ref.draftId },
    ]) {
      await expect(openDraft(key, other, sealed)).rejects.toMatchObject(damaged);
    }
  });

  it('is neither the payload of a letter nor the reverse', async () => {
    const { key, letter } = written;
    const own = { draftId: letter.letterId, authorId: letter.authorId };
    await expect(openDraft(key, own, letter.payload)).rejects.toMatchObject(damaged);
  });

  it('refuses to save what it would refuse to open', async () => {
    const { photos } = written.content;
    const refused = [
      { title: 'T', body: 'B' },
      { title: 'T', body: 'B', photos: [...photos, ...photos] },
    ] as LetterContent[];
    for (const content of refused) {
      await expect(sealDraft(written.key, ref, content)).rejects.toMatchObject({ reason: 'malformed' });
    }
  });
});
