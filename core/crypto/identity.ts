import type { Bytes } from '../bytes.ts';
import { concatBytes, equalBytes } from '../bytes.ts';
import { withSecret } from '../with-secret.ts';
import { damaged, openBlob, sealBlob } from './aead.ts';
import { encodeFields } from './encode-fields.ts';
import { hasX25519, hpkeSuite } from './hpke-suite.ts';
import { IDENTITY_PURPOSE, identityWrappingKey } from './master-key.ts';
import { assertLength } from './refusal.ts';
import { SUITE } from './suite.ts';

const PUBLIC_KEY_LENGTH = 32;
const PRIVATE_KEY_LENGTH = 32;
/** The PKCS #8 bytes before the 32 bytes of an X25519 private key (RFC 8410, section 7). */
const PKCS8_HEAD = new Uint8Array([48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 110, 4, 34, 4, 32]);

/** The user and key epoch of an identity. A reset without recovery starts the next epoch. */
export type IdentityContext = { userId: string; epoch: number };

/**
 * A user's X25519 key, ready for use: 32 raw public bytes and the private half. The private half is
 * a non-extractable CryptoKey. Where WebCrypto has no X25519, it is locked under a non-extractable
 * key made on this device and unlocked for each use. Both forms can be stored in a browser's
 * database and passed to a worker. Use it through {@link withPair}.
 */
export type Identity = { publicKey: Bytes } & ({ keyPair: CryptoKeyPair } | { locked: LockedKey });

/** Code that can use `key` can read the private bytes: WebCrypto without X25519 can't hold them. */
interface LockedKey {
  wrapped: Bytes;
  key: CryptoKey;
}

/**
 * Makes an X25519 key pair and wraps the private half (PKCS #8) under the master key. The caller
 * must wipe the master key.
 */
export async function createIdentity(
  masterKey: Bytes,
  context: IdentityContext,
): Promise<{ publicKey: Bytes; wrappedPrivateKey: Bytes; identity: Identity }> {
  const { publicKey, privateKey } = await generate();
  const wrappedPrivateKey = await withSecret(privateKey, async () =>
    sealBlob(await identityWrappingKey(masterKey), boundTo(publicKey, context), privateKey),
  );
  const identity = await openIdentity(wrappedPrivateKey, publicKey, masterKey, context);
  return { publicKey, wrappedPrivateKey, identity };
}

/**
 * Opens an identity with the raw master key, which the caller must wipe.
 * @throws CryptoRefusal `damaged` for another master key, user, epoch or public key (bound, so that
 *   no other public key can be put beside the private one); `unknown-suite`; `malformed`
 */
export async function openIdentity(
  wrapped: Bytes,
  publicKey: Bytes,
  masterKey: Bytes,
  context: IdentityContext,
): Promise<Identity> {
  assertLength('The public key', publicKey, PUBLIC_KEY_LENGTH);
  const opened = openBlob(await identityWrappingKey(masterKey), boundTo(publicKey, context), wrapped);
  return withSecret(opened, async (privateKey) => {
    if (!(await hasX25519())) return { publicKey, locked: await lock(privateKey, publicKey) };
    const algorithm = { name: 'X25519' };
    const keyPair = {
      publicKey: await crypto.subtle.importKey('raw', publicKey, algorithm, true, []),
      privateKey: await crypto.subtle.importKey('pkcs8', privateKey, algorithm, false, ['deriveBits']),
    };
    return { publicKey, keyPair };
  });
}

/**
 * Runs work with the key pair of an identity. A pair that had to be unlocked is wiped afterwards.
 */
export async function withPair<Result>(
  identity: Identity,
  work: (pair: CryptoKeyPair) => Promise<Result>,
): Promise<Result> {
  if ('keyPair' in identity) return work(identity.keyPair);
  const { publicKey, locked } = identity;
  const { kem } = await hpkeSuite();
  const opened = openBlob(locked.key, publicKey, locked.wrapped);
  return withSecret(await withSecret(opened, privateBytesOf), async (raw) =>
    work({
      publicKey: await kem.deserializePublicKey(publicKey),
      // The library's key refers to these very bytes.
      privateKey: await kem.deserializePrivateKey(raw.buffer),
    }),
  );
}

/** @param privateKey PKCS #8 */
async function lock(privateKey: Bytes, publicKey: Bytes): Promise<LockedKey> {
  const uses: KeyUsage[] = ['encrypt', 'decrypt'];
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, uses);
  return { wrapped: await sealBlob(key, publicKey, privateKey), key };
}

function boundTo(publicKey: Bytes, { userId, epoch }: IdentityContext): Bytes {
  return encodeFields(IDENTITY_PURPOSE, SUITE, userId, epoch, publicKey);
}

/** Makes 32 raw public bytes and a private PKCS #8 key, which the caller must wipe. */
async function generate(): Promise<{ publicKey: Bytes; privateKey: Bytes }> {
  if (await hasX25519()) {
    const pair = (await crypto.subtle.generateKey({ name: 'X25519' }, true, ['deriveBits'])) as CryptoKeyPair;
    return {
      publicKey: new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)),
      privateKey: new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey)),
    };
  }
  const { kem } = await hpkeSuite();
  const pair = await kem.generateKeyPair();
  const publicKey = new Uint8Array(await kem.serializePublicKey(pair.publicKey));
  const raw = new Uint8Array(await kem.serializePrivateKey(pair.privateKey));
  return { publicKey, privateKey: await withSecret(raw, () => concatBytes(PKCS8_HEAD, raw)) };
}

function privateBytesOf(pkcs8: Bytes): Bytes {
  const isOurs =
    pkcs8.length === PKCS8_HEAD.length + PRIVATE_KEY_LENGTH &&
    equalBytes(pkcs8.subarray(0, PKCS8_HEAD.length), PKCS8_HEAD);
  if (!isOurs) throw damaged();
  return pkcs8.slice(PKCS8_HEAD.length);
}
