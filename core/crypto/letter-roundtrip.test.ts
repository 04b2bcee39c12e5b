import { beforeAll, describe, expect, it } from 'vitest';
import { encodeUtf8, toHex } from '#core/bytes.ts';
import { letterHash, openLetter, openPhoto } from '#core/crypto/index.ts';
import { createPerson, type Person, type WrittenLetter, writeLetter } from '#tests/support/crypto-people.ts';
import { randomText, seededRandom } from '#tests/support/random-text.ts';

let alpha: Person;
let beta: Person;
beforeAll(async () => {
  [alpha, beta] = await Promise.all([createPerson(), createPerson()]);
});

/** Both copies open to exactly what was written, and so does every photo in both sizes. */
async function expectToOpen({ letter, content, key, photos }: WrittenLetter) {
  for (const [reader, person] of [
    ['receiver', beta],
    ['author', alpha],
  ] as const) {
    const opened = await openLetter({
      letter,
      reader,
      identity: person.identity,
      authorPublicKey: alpha.publicKey,
    });
    expect(opened.content).toEqual(content);
    expect(toHex(opened.key)).toBe(toHex(key));
    for (const [index, photo] of photos.entries()) {
      const { letterId } = letter;
      const { photoId, full, preview, sealedFull, sealedPreview } = photo;
      const seal = letter.photos[index];
      const openedFull = await openPhoto(
        opened.key,
        { letterId, photoId, variant: 'full' },
        sealedFull,
        seal?.fullHash,
      );
      expect(toHex(openedFull)).toBe(toHex(full));
      const ref = { letterId, photoId, variant: 'preview' } as const;
      expect(toHex(await openPhoto(opened.key, ref, sealedPreview, seal?.previewHash))).toBe(toHex(preview));
    }
  }
}

describe('a sealed letter opens for both friends to exactly what was written', () => {
  it.each([
    ['nothing at all', '', ''],
    ['plain words', 'Hello', 'How are you?\n\nYours, alpha'],
    ['emoji and joins', '👩‍👩‍👧‍👦', '🇩🇪🏳️‍🌈'.repeat(500)],
    ['right to left', 'שלום', 'مرحبا يا صديقي\u202e abc'],
    ['halves of characters', '\ud83d', 'a\udc00b\ud800'],
    ['a byte-order mark first', '\ufefftitle', '\ufeffbody'],
    ['control characters', '\u0000\u0001\u007f', '\u0000'.repeat(1000)],
    ['what looks like JSON or HTML', '"},{"', '</script>{"__proto__":{"x":1}}'],
    ['100,000 characters', 'long', 'ä'.repeat(100_000)],
    ['100,000 characters that JSON escapes', 'long', '\u0001'.repeat(100_000)],
  ])('%s', async (_what, title, body) => {
    await expectToOpen(await writeLetter(alpha, beta, { title, body }));
  });

  it('with 12 photos and their captions', async () => {
    const captions = Array.from({ length: 12 }, (_, index) => `Photo ${index} 🐈 \ud800`);
    await expectToOpen(await writeLetter(alpha, beta, { title: 'Photos', body: 'Look!', captions }));
  });

  it('to oneself', async () => {
    const { letter, content } = await writeLetter(alpha, alpha, { title: 'Diary', body: 'Today …' });
    for (const reader of ['author', 'receiver'] as const) {
      const opened = await openLetter({
        letter,
        reader,
        identity: alpha.identity,
        authorPublicKey: alpha.publicKey,
      });
      expect(opened.content).toEqual(content);
    }
  });

  it('whatever is written (40 letters from a fixed seed)', async () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const random = seededRandom(seed);
      const captions = Array.from({ length: Math.floor(random() * 4) }, () => randomText(random, 8));
      const text = { title: randomText(random, 10), body: randomText(random, 400), captions };
      await expectToOpen(await writeLetter(alpha, beta, text)).catch((error) => {
        throw new Error(`seed ${seed}`, { cause: error });
      });
    }
  });
});

describe('what a sealed letter tells', () => {
  it('carries nothing of what was written', async () => {
    const text = { title: 'MARK-title', body: 'MARK-body', captions: ['MARK-caption'] };
    const { letter } = await writeLetter(alpha, beta, text);
    const stored = [letter.payload, letter.sealedForAuthor, letter.sealedForReceiver].map((bytes) =>
      String.fromCharCode(...bytes),
    );
    expect(JSON.stringify({ ...letter, payload: 0, sealedForAuthor: 0, sealedForReceiver: 0 })).not.toContain(
      'MARK',
    );
    expect(stored.join('')).not.toContain('MARK');
  });

  it('has one size for all short notes, and grows in steps', async () => {
    const sizeOf = async (body: string) =>
      (await writeLetter(alpha, beta, { title: 'T', body })).letter.payload.length;
    const short = await sizeOf('');
    expect(await sizeOf('x'.repeat(900))).toBe(short);
    expect(short).toBe(1024 + 1 + 12 + 16);
    expect(await sizeOf('x'.repeat(50_000))).toBe(await sizeOf('x'.repeat(50_300)));
  });

  it('is never sealed twice alike', async () => {
    const text = { title: 'Same', body: 'Same' };
    const [one, two] = await Promise.all([writeLetter(alpha, beta, text), writeLetter(alpha, beta, text)]);
    expect(toHex(one.letter.payload)).not.toBe(toHex(two.letter.payload));
    expect(await letterHash(one.letter)).not.toBe(await letterHash(two.letter));
  });

  it('has a hash that changes with payload, photos and envelope, and not with the sealed keys', async () => {
    const { letter } = await writeLetter(alpha, beta, { title: 'T', body: 'B', captions: ['c', 'd'] });
    const hash = await letterHash(letter);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(await letterHash({ ...letter, sealedForAuthor: encodeUtf8('new') })).toBe(hash);
    const changed = [
      { ...letter, payload: letter.payload.slice(1) },
      { ...letter, photos: letter.photos.slice(1) },
      { ...letter, photos: [...letter.photos].reverse() },
      { ...letter, createdAt: letter.createdAt + 1 },
      { ...letter, letterId: letter.receiverId },
    ];
    expect(new Set([hash, ...(await Promise.all(changed.map(letterHash)))]).size).toBe(6);
  });
});
