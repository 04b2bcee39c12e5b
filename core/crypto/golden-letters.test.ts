import { describe, expect, it } from 'vitest';
import { decodeUtf8, fromBase64Url, toBase64Url } from '#core/bytes.ts';
import { argon2Wasm } from '#core/crypto/argon2-wasm.ts';
import {
  type Argon2id,
  derivePasswordKeys,
  deriveRecoveryKeys,
  importMasterKey,
  type LetterEnvelope,
  letterHash,
  openDraft,
  openForSelf,
  openHeading,
  openIdentity,
  openLetter,
  openPhoto,
  openSession,
  parseRecoveryPhrase,
  safetyNumber,
  unwrapLetterKey,
  unwrapMasterKey,
} from '#core/crypto/index.ts';
import { createArgon2Pool } from '#server/crypto/argon2.ts';
import golden from '#tests/vectors/golden-letters.json' with { type: 'json' };

// What is stored once must open for ever. If a test here fails, the format has changed: do not make the file anew, give
// the new format a suite number of its own and keep opening this one.

type StoredPerson = (typeof golden.people)[number];
const bytes = fromBase64Url;

async function keysOf(person: StoredPerson) {
  const masterKey = await importMasterKey(bytes(person.masterKey));
  const { userId, epoch } = person;
  const publicKey = bytes(person.publicKey);
  const identity = await openIdentity(bytes(person.wrappedPrivateKey), publicKey, bytes(person.masterKey), {
    userId,
    epoch,
  });
  return { masterKey, identity, publicKey };
}

function personNamed(name: string): StoredPerson {
  const person = golden.people.find((candidate) => candidate.name === name);
  if (!person) throw new Error(`nobody is called ${name}`);
  return person;
}

describe.each(golden.people)('the golden keys of $name', (person) => {
  const { userId, epoch } = person;

  it.each<[string, Argon2id]>([
    ['native Argon2', createArgon2Pool()],
    ['Argon2 in WebAssembly', argon2Wasm],
  ])('open with the password, by %s', async (_how, argon2) => {
    const kdf = { salt: bytes(person.salt), params: person.params };
    const keys = await derivePasswordKeys(argon2, person.password, kdf);
    expect(toBase64Url(keys.authKey)).toBe(person.authKey);
    const kek = await keys.kekFor(bytes(person.share));
    const context = { userId, epoch, purpose: 'password' } as const;
    expect(toBase64Url(await unwrapMasterKey(bytes(person.wrappedForPassword), kek, context))).toBe(
      person.masterKey,
    );
  });

  it('open with the recovery words', async () => {
    const { kek, authKey } = await deriveRecoveryKeys(parseRecoveryPhrase(person.recoveryWords));
    expect(toBase64Url(authKey)).toBe(person.recoveryAuthKey);
    const context = { userId, epoch, purpose: 'recovery' } as const;
    expect(toBase64Url(await unwrapMasterKey(bytes(person.wrappedForRecovery), kek, context))).toBe(
      person.masterKey,
    );
  });

  it('open from the session, and open what was sealed for oneself', async () => {
    const { cookieHalf, serverHalf, sealed, context } = person.session;
    const raw = await openSession(bytes(cookieHalf), bytes(serverHalf), bytes(sealed), context);
    expect(toBase64Url(raw)).toBe(person.masterKey);
    const { self } = person;
    const opened = await openForSelf(
      await importMasterKey(raw),
      self.purpose,
      self.context,
      bytes(self.sealed),
    );
    expect(decodeUtf8(opened)).toBe(self.plaintext);
  });
});

describe.each(golden.letters)('the golden letter “$content.title”', (stored) => {
  const letter = {
    ...stored.letter,
    suite: stored.letter.suite as LetterEnvelope['suite'],
    payload: bytes(stored.letter.payload),
    sealedForReceiver: bytes(stored.letter.sealedForReceiver),
    sealedForAuthor: bytes(stored.letter.sealedForAuthor),
  };

  it.each(['receiver', 'author'] as const)('opens for its %s, with its photos', async (reader) => {
    const author = await keysOf(personNamed(stored.author));
    const { identity } = await keysOf(personNamed(reader === 'author' ? stored.author : stored.receiver));
    const opened = await openLetter({ letter, reader, identity, authorPublicKey: author.publicKey });
    expect(opened.content).toEqual(stored.content);
    expect(toBase64Url(opened.key)).toBe(stored.key);
    for (const [index, photo] of stored.photos.entries()) {
      const { letterId } = letter;
      const { photoId } = photo;
      const seal = letter.photos[index];
      const full = await openPhoto(
        opened.key,
        { letterId, photoId, variant: 'full' },
        bytes(photo.sealedFull),
        seal?.fullHash,
      );
      expect(toBase64Url(full)).toBe(photo.full);
      const preview = await openPhoto(
        opened.key,
        { letterId, photoId, variant: 'preview' },
        bytes(photo.sealedPreview),
        seal?.previewHash,
      );
      expect(toBase64Url(preview)).toBe(photo.preview);
    }
  });

  it('keeps its stamp, its heading, its key and its draft', async () => {
    expect(await letterHash(letter)).toBe(stored.hash);
    const { masterKey } = await keysOf(personNamed(stored.author));
    const ref = { letterId: letter.letterId, userId: letter.authorId };
    expect(await openHeading(masterKey, ref, bytes(stored.authorHeading))).toBe(stored.content.title);
    const key = await unwrapLetterKey(masterKey, ref, bytes(stored.wrappedKey));
    expect(toBase64Url(key)).toBe(stored.key);
    const draftRef = { draftId: letter.letterId, authorId: letter.authorId };
    expect(await openDraft(key, draftRef, bytes(stored.draft))).toEqual(stored.content);
  });
});

describe('the golden set', () => {
  it('has the same safety number as ever', async () => {
    const [alpha, beta] = [personNamed('alpha'), personNamed('beta')].map(({ userId, publicKey }) => ({
      userId,
      publicKey: bytes(publicKey),
    }));
    if (!alpha || !beta) throw new Error('two people expected');
    expect(await safetyNumber(alpha, beta)).toBe(golden.safetyNumber);
  });
});
