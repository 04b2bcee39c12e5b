import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';

let native: Promise<boolean> | undefined;
let suite: Promise<CipherSuite> | undefined;

/** Whether WebCrypto has X25519 here; browsers have learnt it between 2023 and 2025. Tried once. */
export function hasX25519(): Promise<boolean> {
  native ??= crypto.subtle.generateKey({ name: 'X25519' }, false, ['deriveBits']).then(
    () => true,
    () => false,
  );
  return native;
}

/**
 * RFC 9180 with KEM 0x0020, KDF 0x0001, AEAD 0x0002, all three through WebCrypto. Where that has no X25519 the KEM is a
 * library's, which is loaded there and nowhere else.
 * @throws Error when the library cannot be loaded; the next call tries again
 */
export function hpkeSuite(): Promise<CipherSuite> {
  suite ??= makeSuite().catch((error) => {
    suite = undefined;
    throw error;
  });
  return suite;
}

async function makeSuite(): Promise<CipherSuite> {
  const kem = (await hasX25519())
    ? new DhkemX25519HkdfSha256()
    : new (await import('@hpke/dhkem-x25519')).DhkemX25519HkdfSha256();
  return new CipherSuite({ kem, kdf: new HkdfSha256(), aead: new Aes256Gcm() });
}
