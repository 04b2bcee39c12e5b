import { beforeAll, describe, expect, it } from 'vitest';
import { fromHex, toHex } from '#core/bytes.ts';
import { sealAuthenticated } from '#core/crypto/hpke.ts';
import { withPair } from '#core/crypto/identity.ts';
import { hashCiphertext, openLetter, type SealedLetter, sealLetter } from '#core/crypto/index.ts';
import { encodeLetter } from '#core/crypto/letter-statement.ts';
import {
  createPerson,
  damaged,
  type Person,
  type WrittenLetter,
  writeLetter,
} from '#tests/support/crypto-people.ts';
import { expectAllRefused, openAs, readers } from '#tests/support/crypto-refusals.ts';

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
    await expectAllRefused({ alpha, beta }, [['exchanged', exchanged]]);
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
    await expectAllRefused({ alpha, beta }, [['turned round', turned]]);
  });

  it('when replayed under another id, or with parts of another letter of the same friends', async () => {
    const other = (await writeLetter(alpha, beta, { title: 'Other', body: 'Other', captions: ['x', 'y'] }))
      .letter;
    await expectAllRefused({ alpha, beta }, [
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
    await expectAllRefused(
      { alpha, beta },
      [['rewritten', { ...letter, payload: forged.payload }]],
      ['author'],
    );
    await expectAllRefused({ alpha, beta }, [['sealed by the receiver', forged]]);
  });

  it("when somebody else sealed what claims to be the author's own copy", async () => {
    const payloadHash = fromHex(await hashCiphertext(letter.payload));
    const associatedData = encodeLetter('bff/v1/letter-key', 'author', letter, letter.photos, payloadHash);
    const planted = await withPair(stranger.identity, (sender) =>
      sealAuthenticated({
        recipientPublicKey: alpha.publicKey,
        sender,
        info: 'bff/v1/letter-key',
        associatedData,
        plaintext: written.key,
      }),
    );
    for (const authorPublicKey of [stranger.publicKey, alpha.publicKey]) {
      const attempt = openLetter({
        letter: { ...letter, sealedForAuthor: planted },
        reader: 'author',
        identity: alpha.identity,
        authorPublicKey,
      });
      await expect(attempt).rejects.toMatchObject(damaged);
    }
  });

  it('opens unchanged, so that the refusals above mean something', async () => {
    for (const reader of readers) {
      const { content, key } = await openAs(reader, { alpha, beta }, letter);
      expect(content.body).toBe('Only for you');
      expect(toHex(key)).toBe(toHex(written.key));
    }
  });
});
