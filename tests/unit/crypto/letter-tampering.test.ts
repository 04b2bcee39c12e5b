import { beforeAll, describe, expect, it } from 'vitest';
import { type Bytes, concatBytes, toHex } from '#core/bytes.ts';
import { type LetterReader, openLetter, type SealedLetter, sealLetter } from '#core/crypto/index.ts';
import { newId } from '#core/id.ts';
import {
  createPerson,
  damaged,
  type Person,
  type WrittenLetter,
  withFlippedByte,
  writeLetter,
} from './people.ts';

let alpha: Person;
let beta: Person;
let stranger: Person;
let written: WrittenLetter;
let letter: SealedLetter;
beforeAll(async () => {
  [alpha, beta, stranger] = await Promise.all([createPerson(), createPerson(), createPerson()]);
  written = await writeLetter(alpha, beta, {
    title: 'Hello',
    body: 'Only for you',
    captions: ['one', 'two'],
  });
  letter = written.letter;
});

const readers: LetterReader[] = ['receiver', 'author'];

function open(changed: SealedLetter, reader: LetterReader) {
  const { identity } = reader === 'author' ? alpha : beta;
  return openLetter({ letter: changed, reader, identity, authorPublicKey: alpha.publicKey });
}

/** Every changed letter is refused for both readers; names those that were not. */
async function expectAllRefused(changes: [what: string, changed: SealedLetter][], who = readers) {
  const accepted: string[] = [];
  for (const reader of who) {
    for (const [what, changed] of changes) {
      const outcome = await open(changed, reader).then(
        () => 'opened',
        (error) => (error.name === 'CryptoRefusal' ? error.reason : String(error)),
      );
      if (outcome !== 'damaged' && outcome !== 'unknown-suite')
        accepted.push(`${reader}: ${what}: ${outcome}`);
    }
  }
  expect(accepted).toEqual([]);
  expect(changes.length).toBeGreaterThan(0);
}

/** Every byte near both ends, where lengths and tags are, and every seventh between. */
function sampledPositions(bytes: Bytes): number[] {
  return [...bytes.keys()].filter((i) => i < 64 || i >= bytes.length - 64 || i % 7 === 0);
}

describe('a letter with one changed byte is refused', () => {
  it('in the payload', async () => {
    const { payload } = letter;
    await expectAllRefused(
      sampledPositions(payload).map((i) => [
        `byte ${i}`,
        { ...letter, payload: withFlippedByte(payload, i) },
      ]),
    );
  });

  it('in the sealed keys, at either end of each byte', async () => {
    const changesOf = (field: 'sealedForReceiver' | 'sealedForAuthor') =>
      [...letter[field].keys()].flatMap((i) =>
        [1, 128].map((bit): [string, SealedLetter] => [
          `byte ${i} bit ${bit}`,
          { ...letter, [field]: withFlippedByte(letter[field], i, bit) },
        ]),
      );
    expect(changesOf('sealedForReceiver')).toHaveLength((1 + 32 + 32 + 16) * 2);
    await expectAllRefused(changesOf('sealedForReceiver'), ['receiver']);
    await expectAllRefused(changesOf('sealedForAuthor'), ['author']);
  });

  it('in the ids', async () => {
    const flip = (text: string, i: number) =>
      text.slice(0, i) + (text[i] === '0' ? '1' : '0') + text.slice(i + 1);
    const changes = (['letterId', 'authorId', 'receiverId'] as const).flatMap((field) =>
      [...letter[field]].map((_, i): [string, SealedLetter] => [
        `${field} ${i}`,
        { ...letter, [field]: flip(letter[field], i) },
      ]),
    );
    expect(changes).toHaveLength(72);
    await expectAllRefused(changes);
  });

  it('in epochs, time and suite', async () => {
    const changes = (['authorEpoch', 'receiverEpoch', 'createdAt'] as const).flatMap((field) =>
      [-1, 1, 256].map((step): [string, SealedLetter] => [
        `${field} ${step}`,
        { ...letter, [field]: letter[field] + step },
      ]),
    );
    await expectAllRefused([...changes, ['suite', { ...letter, suite: 2 as 1 }]]);
    await expect(open({ ...letter, suite: 2 as 1 }, 'receiver')).rejects.toMatchObject({
      reason: 'unknown-suite',
    });
  });

  it('in the list of photos', async () => {
    const changes = letter.photos.flatMap((photo, n) =>
      (['photoId', 'fullHash', 'previewHash'] as const).flatMap((field) =>
        [...photo[field]].map((digit, i): [string, SealedLetter] => {
          const value = photo[field].slice(0, i) + (digit === '0' ? '1' : '0') + photo[field].slice(i + 1);
          const photos = letter.photos.map((other, m) => (m === n ? { ...other, [field]: value } : other));
          return [`photo ${n} ${field} ${i}`, { ...letter, photos }];
        }),
      ),
    );
    expect(changes).toHaveLength(2 * (24 + 64 + 64));
    await expectAllRefused(changes);
  });
});

describe('a letter that is not whole is refused', () => {
  it('with a sealed key cut or grown at any length', async () => {
    const cut = (field: 'sealedForReceiver' | 'sealedForAuthor'): [string, SealedLetter][] => [
      ...[...letter[field].keys()].map((length): [string, SealedLetter] => [
        `${length} bytes`,
        { ...letter, [field]: letter[field].slice(0, length) },
      ]),
      ['grown', { ...letter, [field]: concatBytes(letter[field], new Uint8Array(1)) }],
    ];
    await expectAllRefused(cut('sealedForReceiver'), ['receiver']);
    await expectAllRefused(cut('sealedForAuthor'), ['author']);
  });

  it('with a payload cut or grown', async () => {
    const lengths = [...sampledPositions(letter.payload)];
    await expectAllRefused([
      ...lengths.map((length): [string, SealedLetter] => [
        `${length} bytes`,
        { ...letter, payload: letter.payload.slice(0, length) },
      ]),
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
    await expectAllRefused(Object.entries(photoLists).map(([what, photos]) => [what, { ...letter, photos }]));
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
      await expectAllRefused([[field, { ...letter, [field]: value } as SealedLetter]], who);
    }
  });
});

describe('a letter in the wrong place is refused', () => {
  it('to another reader, whatever copy they take', async () => {
    for (const reader of readers) {
      for (const authorPublicKey of [alpha.publicKey, stranger.publicKey]) {
        const attempt = openLetter({ letter, reader, identity: stranger.identity, authorPublicKey });
        await expect(attempt).rejects.toMatchObject(damaged);
      }
    }
  });

  it('when the author is not whom the reader knows', async () => {
    for (const authorPublicKey of [
      stranger.publicKey,
      beta.publicKey,
      new Uint8Array(32),
      new Uint8Array(31),
    ]) {
      const attempt = openLetter({ letter, reader: 'receiver', identity: beta.identity, authorPublicKey });
      await expect(attempt).rejects.toMatchObject(damaged);
      const own = openLetter({ letter, reader: 'author', identity: alpha.identity, authorPublicKey });
      await expect(own).rejects.toMatchObject(damaged);
    }
  });

  it('when the copies of author and receiver are exchanged', async () => {
    const exchanged = {
      ...letter,
      sealedForReceiver: letter.sealedForAuthor,
      sealedForAuthor: letter.sealedForReceiver,
    };
    await expectAllRefused([['exchanged', exchanged]]);
    // A letter to oneself: the keys fit both copies, and still the roles keep them apart.
    const own = (await writeLetter(alpha, alpha, { title: 'T', body: 'B' })).letter;
    const swapped = { ...own, sealedForReceiver: own.sealedForAuthor };
    const attempt = openLetter({
      letter: swapped,
      reader: 'receiver',
      identity: alpha.identity,
      authorPublicKey: alpha.publicKey,
    });
    await expect(attempt).rejects.toMatchObject(damaged);
  });

  it('when author and receiver are exchanged as a whole', async () => {
    const turned = { ...letter, authorId: letter.receiverId, receiverId: letter.authorId };
    await expectAllRefused([['turned round', turned]]);
  });

  it('when replayed under another id, or with parts of another letter of the same friends', async () => {
    const other = (await writeLetter(alpha, beta, { title: 'Other', body: 'Other', captions: ['x', 'y'] }))
      .letter;
    await expectAllRefused([
      ['another id', { ...letter, letterId: other.letterId }],
      ['payload of the other', { ...letter, payload: other.payload }],
      [
        'keys of the other',
        { ...letter, sealedForReceiver: other.sealedForReceiver, sealedForAuthor: other.sealedForAuthor },
      ],
      ['photos of the other', { ...letter, photos: other.photos }],
      ['all but the id', { ...other, letterId: letter.letterId }],
    ]);
  });

  it("when the receiver, who has the key, rewrites the author's copy", async () => {
    const forged = await sealLetter({
      envelope: written.envelope,
      content: { ...written.content, body: 'You promised me your bicycle' },
      photos: letter.photos,
      key: written.key,
      author: beta.identity,
      receiverPublicKey: beta.publicKey,
    });
    await expectAllRefused([['rewritten', { ...letter, payload: forged.payload }]], ['author']);
    await expectAllRefused([['sealed by the receiver', forged]]);
  });

  it('opens unchanged, so that the refusals above mean something', async () => {
    for (const reader of readers) {
      const { content, key } = await open(letter, reader);
      expect(content.body).toBe('Only for you');
      expect(toHex(key)).toBe(toHex(written.key));
    }
  });
});
