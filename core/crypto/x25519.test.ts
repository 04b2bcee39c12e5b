import { describe, expect, inject, it } from 'vitest';
import { equalBytes } from '#core/bytes.ts';
import { hasX25519, hpkeSuite } from '#core/crypto/hpke-suite.ts';
import { type Identity, withPair } from '#core/crypto/identity.ts';
import { openLetter } from '#core/crypto/index.ts';
import { createPerson, writeLetter } from '#tests/support/crypto-people.ts';

// The tests of letters, keys and vectors run twice: here WebCrypto has X25519, in the other project it refuses.
const native = inject('x25519') === 'webcrypto';

describe(`where WebCrypto has ${native ? 'X25519' : 'no X25519'}`, () => {
  it(`${native ? 'it is used' : 'a library takes its place'}, which is found out once`, async () => {
    expect(await hasX25519()).toBe(native);
    const suite = await hpkeSuite();
    expect(await hpkeSuite()).toBe(suite);
    const { privateKey } = await suite.kem.generateKeyPair();
    expect(privateKey instanceof CryptoKey).toBe(native);
  });

  it('an identity can be kept and passed on, and has no private byte in it', async () => {
    const alpha = await createPerson();
    const beta = await createPerson();
    const { letter } = await writeLetter(alpha, beta, { title: 'Hello', body: 'Still you?' });
    const kept = structuredClone(beta.identity);
    const opened = await openLetter({
      letter,
      reader: 'receiver',
      identity: kept,
      authorPublicKey: alpha.publicKey,
    });
    expect(opened.content.body).toBe('Still you?');
    if ('keyPair' in kept) {
      expect(native).toBe(true);
      expect(kept.keyPair.privateKey.extractable).toBe(false);
    } else {
      expect(native).toBe(false);
      expect(Object.keys(kept.locked).sort()).toEqual(['key', 'wrapped']);
      expect(kept.locked.key.extractable).toBe(false);
      const other = {
        ...kept,
        locked: { ...kept.locked, key: (await createPerson()).masterKey.subkeys['bff/v1/heading'] },
      };
      await expect(withPair(other as Identity, async () => 'opened')).rejects.toMatchObject({
        reason: 'damaged',
      });
    }
  });

  it('a key that had to be unlocked is wiped when it was used, and when that went wrong', async () => {
    const { identity } = await createPerson();
    const bytesOf = (key: CryptoKey) => (key as unknown as { key?: Uint8Array }).key;
    let seen: Uint8Array | undefined;
    const before = await withPair(identity, async ({ privateKey }) => {
      seen = bytesOf(privateKey);
      return seen?.slice();
    });
    expect(seen === undefined).toBe(native);
    expect(before?.some((byte) => byte !== 0)).toBe(native ? undefined : true);
    expect(seen?.every((byte) => byte === 0)).toBe(native ? undefined : true);
    const failing = withPair(identity, async ({ privateKey }) => {
      seen = bytesOf(privateKey);
      throw new Error('in the middle of it');
    });
    await expect(failing).rejects.toThrow('in the middle of it');
    expect(seen?.every((byte) => byte === 0)).toBe(native ? undefined : true);
    // The next use opens it again.
    const again = await withPair(identity, async ({ privateKey }) => bytesOf(privateKey)?.slice());
    expect(before && again ? equalBytes(before, again) : native).toBe(true);
  });
});
