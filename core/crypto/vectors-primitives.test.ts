import { HkdfSha256, X25519 } from '@hpke/dhkem-x25519';
import { describe, expect, it } from 'vitest';
import { concatBytes, fromHex, toHex } from '#core/bytes.ts';
import { openBlob } from '#core/crypto/aead.ts';
import { hkdfBytes, importHkdfKey } from '#core/crypto/hkdf.ts';
import { hpkeSuite } from '#core/crypto/hpke-suite.ts';
import rfc5869 from '#tests/vectors/hkdf-rfc5869.json' with { type: 'json' };
import gcm from '#tests/vectors/wycheproof-aes-256-gcm.json' with { type: 'json' };
import hkdf from '#tests/vectors/wycheproof-hkdf-sha256.json' with { type: 'json' };
import hmac from '#tests/vectors/wycheproof-hmac-sha256.json' with { type: 'json' };
import x25519 from '#tests/vectors/wycheproof-x25519.json' with { type: 'json' };

const testsOf = <T>(file: { testGroups: { tests: T[] }[] }): T[] =>
  file.testGroups.flatMap((group) => group.tests);

/** Collects every failing case instead of stopping at the first, and proves that there were cases at all. */
async function checkAll<T extends { tcId: number }>(
  cases: T[],
  least: number,
  check: (test: T) => Promise<boolean>,
) {
  const wrong: number[] = [];
  for (const test of cases) if (!(await check(test))) wrong.push(test.tcId);
  expect(wrong).toEqual([]);
  expect(cases.length).toBeGreaterThanOrEqual(least);
}

const importHmac = (key: string) =>
  crypto.subtle.importKey('raw', fromHex(key), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);

describe('HKDF-SHA256', () => {
  it.each(rfc5869.vectors)('RFC 5869 $name', async ({ ikm, salt, info, length, prk, okm }) => {
    // Extract is HMAC(salt, ikm); an absent salt is 32 zero bytes (§2.2).
    const extract = await importHmac(salt === '' ? '00'.repeat(32) : salt);
    expect(toHex(new Uint8Array(await crypto.subtle.sign('HMAC', extract, fromHex(ikm))))).toBe(prk);
    const derived = await hkdfBytes(await importHkdfKey(fromHex(ikm)), fromHex(info), length, fromHex(salt));
    expect(toHex(derived)).toBe(okm);
  });

  it('Wycheproof', async () => {
    await checkAll(testsOf(hkdf), 80, async ({ ikm, salt, info, size, okm, result }) => {
      try {
        const base = await importHkdfKey(fromHex(ikm));
        const derived = await hkdfBytes(base, fromHex(info), size, fromHex(salt));
        return result === 'valid' && toHex(derived) === okm;
      } catch {
        return result === 'invalid';
      }
    });
  });
});

describe('HMAC-SHA256', () => {
  it('Wycheproof', async () => {
    await checkAll(testsOf(hmac), 80, async ({ key, msg, tag, result }) => {
      const imported = await importHmac(key);
      const verified = await crypto.subtle.verify('HMAC', imported, fromHex(tag), fromHex(msg));
      return verified === (result === 'valid');
    });
  });
});

describe('AES-256-GCM', () => {
  it('Wycheproof, opened as one of our blobs', async () => {
    await checkAll(testsOf(gcm), 60, async ({ key, iv, aad, msg, ct, tag, result }) => {
      const imported = await crypto.subtle.importKey('raw', fromHex(key), 'AES-GCM', false, ['decrypt']);
      const blob = concatBytes(new Uint8Array([1]), fromHex(iv), fromHex(ct), fromHex(tag));
      try {
        return toHex(await openBlob(imported, fromHex(aad), blob)) === msg && result === 'valid';
      } catch (error) {
        return result === 'invalid' && error instanceof Error && error.name === 'CryptoRefusal';
      }
    });
  });

  it('Wycheproof, sealed', async () => {
    const valid = testsOf(gcm).filter(({ result }) => result === 'valid');
    await checkAll(valid, 35, async ({ key, iv, aad, msg, ct, tag }) => {
      const imported = await crypto.subtle.importKey('raw', fromHex(key), 'AES-GCM', false, ['encrypt']);
      const params = { name: 'AES-GCM', iv: fromHex(iv), additionalData: fromHex(aad) };
      const sealed = await crypto.subtle.encrypt(params, imported, fromHex(msg));
      return toHex(new Uint8Array(sealed)) === ct + tag;
    });
  });
});

describe('X25519', () => {
  const library = new X25519(new HkdfSha256());
  const agree = (privateKey: CryptoKey, publicKey: CryptoKey) =>
    privateKey instanceof CryptoKey
      ? crypto.subtle.deriveBits({ name: 'X25519', public: publicKey }, privateKey, 256)
      : library.dh(privateKey, publicKey);

  it('Wycheproof, with the imports HPKE makes; a shared secret of zeros is never returned', async () => {
    await checkAll(testsOf(x25519), 500, async ({ public: open, private: secret, shared, flags }) => {
      try {
        const { kem } = await hpkeSuite();
        const privateKey = await kem.deserializePrivateKey(fromHex(secret));
        const bits = await agree(privateKey, await kem.deserializePublicKey(fromHex(open)));
        return toHex(new Uint8Array(bits)) === shared && !flags.includes('ZeroSharedSecret');
      } catch {
        return flags.includes('ZeroSharedSecret');
      }
    });
  });
});
