import { beforeAll, describe, expect, inject, it } from 'vitest';
import { type Bytes, concatBytes } from '#core/bytes.ts';
import type { LetterReader, SealedLetter } from '#core/crypto/index.ts';
import { newId } from '#core/id.ts';
import {
  createPerson,
  type Person,
  type WrittenLetter,
  withFlippedByte,
  writeLetter,
} from '#tests/support/crypto-people.ts';
import { type Change, expectAllRefused, openAs, readers } from '#tests/support/crypto-refusals.ts';

let alpha: Person;
let beta: Person;
let written: WrittenLetter;
let letter: SealedLetter;
beforeAll(async () => {
  [alpha, beta] = await Promise.all([createPerson(), createPerson()]);
  written = await writeLetter(alpha, beta, {
    title: 'Hello',
    body: 'Only for you',
    captions: ['one', 'two'],
  });
  letter = written.letter;
});

/** Every byte near both ends, where lengths and tags are, and every seventh between. */
function sampledPositions(bytes: Bytes): number[] {
  return [...bytes.keys()].filter((i) => i < 64 || i >= bytes.length - 64 || i % 7 === 0);
}

describe('a letter with one changed byte is refused', () => {
  it('in the payload', async () => {
    const { payload } = letter;
    const changeAt = (i: number): Change => [
      `byte ${i}`,
      { ...letter, payload: withFlippedByte(payload, i) },
    ];
    // Both open it alike once they have its key; without WebCrypto's X25519 getting the key takes ten times as long.
    const slow = inject('x25519') === 'library';
    const everywhere = slow ? sampledPositions(payload) : [...payload.keys()];
    await expectAllRefused({ alpha, beta }, everywhere.map(changeAt), ['receiver']);
    await expectAllRefused({ alpha, beta }, sampledPositions(payload).map(changeAt), ['author']);
  });

  it('in the sealed keys, at either end of each byte', async () => {
    const changesOf = (field: 'sealedForReceiver' | 'sealedForAuthor') =>
      [...letter[field].keys()].flatMap((i) =>
        [1, 128].map(
          (bit): Change => [
            `byte ${i} bit ${bit}`,
            { ...letter, [field]: withFlippedByte(letter[field], i, bit) },
          ],
        ),
      );
    expect(changesOf('sealedForReceiver')).toHaveLength((1 + 32 + 32 + 16) * 2);
    await expectAllRefused({ alpha, beta }, changesOf('sealedForReceiver'), ['receiver']);
    await expectAllRefused({ alpha, beta }, changesOf('sealedForAuthor'), ['author']);
  });

  it('in the ids', async () => {
    const flip = (text: string, i: number) =>
      text.slice(0, i) + (text[i] === '0' ? '1' : '0') + text.slice(i + 1);
    const changes = (['letterId', 'authorId', 'receiverId'] as const).flatMap((field) =>
      [...letter[field]].map(
        (_, i): Change => [`${field} ${i}`, { ...letter, [field]: flip(letter[field], i) }],
      ),
    );
    expect(changes).toHaveLength(72);
    await expectAllRefused({ alpha, beta }, changes);
  });

  it('in epochs, time and suite', async () => {
    const changes = (['authorEpoch', 'receiverEpoch', 'createdAt'] as const).flatMap((field) =>
      [-1, 1, 256].map((step): Change => [`${field} ${step}`, { ...letter, [field]: letter[field] + step }]),
    );
    await expectAllRefused({ alpha, beta }, [...changes, ['suite', { ...letter, suite: 2 as 1 }]]);
    await expect(openAs('receiver', { alpha, beta }, { ...letter, suite: 2 as 1 })).rejects.toMatchObject({
      reason: 'unknown-suite',
    });
  });

  it('in the list of photos', async () => {
    const changes = letter.photos.flatMap((photo, n) =>
      (['photoId', 'fullHash', 'previewHash'] as const).flatMap((field) =>
        [...photo[field]].map((digit, i): Change => {
          const value = photo[field].slice(0, i) + (digit === '0' ? '1' : '0') + photo[field].slice(i + 1);
          const photos = letter.photos.map((other, m) => (m === n ? { ...other, [field]: value } : other));
          return [`photo ${n} ${field} ${i}`, { ...letter, photos }];
        }),
      ),
    );
    expect(changes).toHaveLength(2 * (24 + 64 + 64));
    await expectAllRefused({ alpha, beta }, changes);
  });
});

describe('a letter that is not whole is refused', () => {
  it('with a sealed key cut or grown at any length', async () => {
    const cut = (field: 'sealedForReceiver' | 'sealedForAuthor'): Change[] => [
      ...[...letter[field].keys()].map(
        (length): Change => [`${length} bytes`, { ...letter, [field]: letter[field].slice(0, length) }],
      ),
      ['grown', { ...letter, [field]: concatBytes(letter[field], new Uint8Array(1)) }],
    ];
    await expectAllRefused({ alpha, beta }, cut('sealedForReceiver'), ['receiver']);
    await expectAllRefused({ alpha, beta }, cut('sealedForAuthor'), ['author']);
  });

  it('with a payload cut or grown', async () => {
    const lengths = [...sampledPositions(letter.payload)];
    await expectAllRefused({ alpha, beta }, [
      ...lengths.map(
        (length): Change => [`${length} bytes`, { ...letter, payload: letter.payload.slice(0, length) }],
      ),
      ['grown', { ...letter, payload: concatBytes(letter.payload, new Uint8Array(1)) }],
    ]);
  });

  it('with photos missing, added, twice or in another order', async () => {
    const [first, second] = letter.photos;
    if (!first || !second) throw new Error('two photos expected');
    const photoLists = {
      none: [],
      'only the first': [first],
      'only the second': [second],
      swapped: [second, first],
      'one more': [first, second, { ...first, photoId: newId() }],
      twice: [first, first],
      'hashes swapped': [
        { ...first, fullHash: second.fullHash, previewHash: second.previewHash },
        { ...second, fullHash: first.fullHash, previewHash: first.previewHash },
      ],
      'full and preview swapped': [
        { ...first, fullHash: first.previewHash, previewHash: first.fullHash },
        second,
      ],
    };
    await expectAllRefused(
      { alpha, beta },
      Object.entries(photoLists).map(([what, photos]) => [what, { ...letter, photos }]),
    );
  });

  it('with fields of the wrong type, as a broken store might return', async () => {
    const fields: Record<string, unknown> = {
      payload: 'text',
      sealedForReceiver: undefined,
      sealedForAuthor: null,
      photos: null,
      createdAt: new Date(),
      authorEpoch: '1',
      receiverEpoch: Number.NaN,
      letterId: '',
      authorId: '\ud800',
      receiverId: 7,
    };
    for (const [field, value] of Object.entries(fields)) {
      const who: LetterReader[] =
        field === 'sealedForReceiver' ? ['receiver'] : field === 'sealedForAuthor' ? ['author'] : readers;
      await expectAllRefused({ alpha, beta }, [[field, { ...letter, [field]: value } as SealedLetter]], who);
    }
  });
});
