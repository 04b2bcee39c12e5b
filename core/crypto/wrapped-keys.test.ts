import { beforeAll, describe, expect, it } from 'vitest';
import { type Bytes, concatBytes, encodeUtf8, randomBytes, toHex } from '#core/bytes.ts';
import {
  createIdentity,
  deriveRecoveryKeys,
  importMasterKey,
  type MasterKey,
  type MasterKeyContext,
  newLetterKey,
  newMasterKey,
  newRecoveryPhrase,
  openForSelf,
  openHeading,
  openIdentity,
  openSession,
  sealForSelf,
  sealHeading,
  sealSession,
  takeApart,
  unwrapLetterKey,
  unwrapMasterKey,
  wrapLetterKey,
  wrapMasterKey,
} from '#core/crypto/index.ts';
import { damaged, withFlippedByte } from '#tests/support/crypto-people.ts';

const userId = 'a'.repeat(24);
const other = 'b'.repeat(24);
let masterKey: MasterKey;
let otherMasterKey: MasterKey;
beforeAll(async () => {
  [masterKey, otherMasterKey] = await Promise.all([
    importMasterKey(newMasterKey()),
    importMasterKey(newMasterKey()),
  ]);
});

/** A blob that opens where it belongs, and is refused with each byte changed, at each shorter length, and grown. */
async function expectOnlyWhole(sealed: Bytes, open: (sealed: Bytes) => Promise<unknown>) {
  await open(sealed);
  for (const position of sealed.keys()) {
    const reason = position === 0 ? 'unknown-suite' : 'damaged';
    await expect(open(withFlippedByte(sealed, position, 1))).rejects.toMatchObject({ reason });
    await expect(open(sealed.slice(0, position))).rejects.toMatchObject(damaged);
  }
  await expect(open(concatBytes(sealed, new Uint8Array(1)))).rejects.toMatchObject(damaged);
}

describe('the wrapped master key', () => {
  const context: MasterKeyContext = { userId, epoch: 1, purpose: 'recovery' };

  it('opens with the recovery words, for the same person, epoch and purpose only', async () => {
    const raw = newMasterKey();
    const words = newRecoveryPhrase();
    const wrapped = await wrapMasterKey(raw, (await deriveRecoveryKeys(words)).kek, context);
    const { kek } = await deriveRecoveryKeys(words);
    expect(toHex(await unwrapMasterKey(wrapped, kek, context))).toBe(toHex(raw));
    await expectOnlyWhole(wrapped, (sealed) => unwrapMasterKey(sealed, kek, context));
    const wrong: MasterKeyContext[] = [
      { ...context, userId: other },
      { ...context, epoch: 2 },
      { ...context, purpose: 'password' },
    ];
    for (const changed of wrong) {
      await expect(unwrapMasterKey(wrapped, kek, changed)).rejects.toMatchObject(damaged);
    }
    const stranger = await deriveRecoveryKeys(newRecoveryPhrase());
    await expect(unwrapMasterKey(wrapped, stranger.kek, context)).rejects.toMatchObject(damaged);
  });

  it('is 32 bytes, and once imported it cannot be taken out again', async () => {
    const { kek } = await deriveRecoveryKeys(newRecoveryPhrase());
    await expect(wrapMasterKey(new Uint8Array(31), kek, context)).rejects.toMatchObject({
      reason: 'malformed',
    });
    await expect(importMasterKey(new Uint8Array(33))).rejects.toMatchObject({ reason: 'malformed' });
  });

  it('is kept as keys for its everyday uses alone, of which none can be taken out or derive another', async () => {
    const keys = Object.values(masterKey.subkeys);
    expect(keys.length).toBeGreaterThan(3);
    for (const key of keys) {
      expect({ ...key.algorithm, extractable: key.extractable, usages: key.usages }).toEqual({
        name: 'AES-GCM',
        length: 256,
        extractable: false,
        usages: ['encrypt', 'decrypt'],
      });
      await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
    }
    expect(Object.keys(masterKey.subkeys)).not.toContain('bff/v1/identity');
    await expect(sealForSelf(masterKey, 'something else', userId, newMasterKey())).rejects.toMatchObject({
      reason: 'malformed',
    });
  });

  it('opens the same when it is taken apart from the form in which browsers kept it before', async () => {
    const raw = newMasterKey();
    const sealed = await sealForSelf(await importMasterKey(raw), 'pins', userId, encodeUtf8('kept'));
    const older = await crypto.subtle.importKey('raw', raw, 'HKDF', false, ['deriveKey', 'deriveBits']);
    expect(toHex(await openForSelf(await takeApart(older), 'pins', userId, sealed))).toBe(
      toHex(encodeUtf8('kept')),
    );
  });
});

describe('the identity key', () => {
  const context = { userId, epoch: 3 };

  it('opens for its owner, epoch and public key only, and cannot be taken out', async () => {
    const raw = newMasterKey();
    const { publicKey, wrappedPrivateKey, identity } = await createIdentity(raw, context);
    const opened = await openIdentity(wrappedPrivateKey, publicKey, raw, context);
    expect(toHex(opened.publicKey)).toBe(toHex(publicKey));
    expect(publicKey).toHaveLength(32);
    for (const one of [identity, opened]) {
      if (!('keyPair' in one)) continue; // Without X25519 in WebCrypto: x25519.test.ts.
      expect(one.keyPair.privateKey.extractable).toBe(false);
      await expect(crypto.subtle.exportKey('pkcs8', one.keyPair.privateKey)).rejects.toThrow();
    }
    await expectOnlyWhole(wrappedPrivateKey, (sealed) => openIdentity(sealed, publicKey, raw, context));
    const attempts = [
      openIdentity(wrappedPrivateKey, publicKey, newMasterKey(), context),
      openIdentity(wrappedPrivateKey, publicKey, raw, { ...context, userId: other }),
      openIdentity(wrappedPrivateKey, publicKey, raw, { ...context, epoch: 4 }),
      openIdentity(wrappedPrivateKey, withFlippedByte(publicKey, 31, 0x80), raw, context),
    ];
    await Promise.all(attempts.map((attempt) => expect(attempt).rejects.toMatchObject(damaged)));
    const short = openIdentity(wrappedPrivateKey, publicKey.slice(1), raw, context);
    await expect(short).rejects.toMatchObject({ reason: 'malformed' });
  });
});

describe('what is sealed for oneself', () => {
  it('opens for the same purpose and context only', async () => {
    const secret = encodeUtf8('pinned keys');
    const sealed = await sealForSelf(masterKey, 'pins', userId, secret);
    expect(toHex(await openForSelf(masterKey, 'pins', userId, sealed))).toBe(toHex(secret));
    await expectOnlyWhole(sealed, (changed) => openForSelf(masterKey, 'pins', userId, changed));
    await expect(openForSelf(otherMasterKey, 'pins', userId, sealed)).rejects.toMatchObject(damaged);
    await expect(openForSelf(masterKey, 'recovery-words', userId, sealed)).rejects.toMatchObject(damaged);
    await expect(openForSelf(masterKey, 'pins', other, sealed)).rejects.toMatchObject(damaged);
  });
});

describe('a session', () => {
  const [cookieHalf, serverHalf] = [randomBytes(32), randomBytes(32)];

  it('opens with both halves and its own context only', async () => {
    const secret = newMasterKey();
    const sealed = await sealSession(cookieHalf, serverHalf, secret, 'keys:x');
    expect(toHex(await openSession(cookieHalf, serverHalf, sealed, 'keys:x'))).toBe(toHex(secret));
    await expectOnlyWhole(sealed, (changed) => openSession(cookieHalf, serverHalf, changed, 'keys:x'));
    const attempts = [
      openSession(new Uint8Array(32), serverHalf, sealed, 'keys:x'),
      openSession(cookieHalf, new Uint8Array(32), sealed, 'keys:x'),
      openSession(serverHalf, cookieHalf, sealed, 'keys:x'),
      openSession(cookieHalf, serverHalf, sealed, 'words:x'),
    ];
    await Promise.all(attempts.map((attempt) => expect(attempt).rejects.toMatchObject(damaged)));
  });

  it('refuses halves that are not 32 bytes: a missing one must not seal with the other alone', async () => {
    const attempts = [new Uint8Array(0), new Uint8Array(31), new Uint8Array(33)].flatMap((half) => [
      () => sealSession(half, serverHalf, newMasterKey(), 'x'),
      () => sealSession(cookieHalf, half, newMasterKey(), 'x'),
      () => openSession(half, serverHalf, new Uint8Array(60).fill(1), 'x'),
      () => openSession(cookieHalf, half, new Uint8Array(60).fill(1), 'x'),
    ]);
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ reason: 'malformed' });
  });
});

describe("a letter's key kept for its author", () => {
  it('opens for the same letter and person only', async () => {
    const key = newLetterKey();
    const ref = { letterId: other, userId };
    const wrapped = await wrapLetterKey(masterKey, ref, key);
    expect(toHex(await unwrapLetterKey(masterKey, ref, wrapped))).toBe(toHex(key));
    await expectOnlyWhole(wrapped, (sealed) => unwrapLetterKey(masterKey, ref, sealed));
    const turned = { letterId: userId, userId: other };
    await expect(unwrapLetterKey(masterKey, turned, wrapped)).rejects.toMatchObject(damaged);
    await expect(unwrapLetterKey(otherMasterKey, ref, wrapped)).rejects.toMatchObject(damaged);
    await expect(wrapLetterKey(masterKey, ref, key.slice(1))).rejects.toMatchObject({ reason: 'malformed' });
  });
});

describe('a heading', () => {
  const ref = { letterId: other, userId };

  it('opens to the title for the same letter and person only', async () => {
    const sealed = await sealHeading(masterKey, ref, 'Ein Brief für dich 🐈');
    expect(await openHeading(masterKey, ref, sealed)).toBe('Ein Brief für dich 🐈');
    const turned = { letterId: userId, userId: other };
    await expect(openHeading(masterKey, turned, sealed)).rejects.toMatchObject(damaged);
    await expect(openHeading(otherMasterKey, ref, sealed)).rejects.toMatchObject(damaged);
    await expect(openHeading(masterKey, ref, withFlippedByte(sealed, 300))).rejects.toMatchObject(damaged);
  });

  it('has one size for every title', async () => {
    for (const title of ['', 'abc', '\ufeffmark', 'x'.repeat(80), '👩‍👩‍👧‍👦'.repeat(7), '😀'.repeat(80)]) {
      const sealed = await sealHeading(masterKey, ref, title);
      expect(sealed).toHaveLength(512 + 1 + 12 + 16);
      expect(await openHeading(masterKey, ref, sealed)).toBe(title);
    }
  });

  it('cuts what is longer than any title between characters, and writes half a character as U+FFFD', async () => {
    const reopened = async (title: string) =>
      openHeading(masterKey, ref, await sealHeading(masterKey, ref, title));
    const cut = await reopened('😀'.repeat(1000));
    expect(cut).toMatch(/^(?:😀)+…$/u);
    expect(encodeUtf8(cut).length).toBeLessThanOrEqual(508);
    expect(await reopened('a\ud800b')).toBe('a\ufffdb');
  });
});
