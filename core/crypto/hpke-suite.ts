import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';

let native: Promise<boolean> | undefined;
let suite: Promise<CipherSuite> | undefined;

/** Tells whether WebCrypto has X25519 here; browsers added it between 2023 and 2025. Tried once. */
export function hasX25519(): Promise<boolean> {
  native ??= crypto.subtle.generateKey({ name: 'X25519' }, false, ['deriveBits']).then(
    () => true,
    () => false,
  );
  return native;
}

/**
 * Loads RFC 9180 with KEM 0x0020, KDF 0x0001 and AEAD 0x0002 over WebCrypto. Where WebCrypto has no
 * X25519, a library provides the KEM; it is loaded only there.
 * @throws Error if the library can't be loaded; the next call tries again
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
