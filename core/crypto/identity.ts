import type { Bytes } from '../bytes.ts';
import { openWithSubkey, sealWithSubkey } from './aead.ts';
import type { MasterKey } from './master-key.ts';
import { assertLength } from './refusal.ts';

const PURPOSE_WRAP = 'bff/v1/identity';
const PUBLIC_KEY_LENGTH = 32;

/** Whose identity, and which of theirs: the epoch grows when someone starts over with fresh keys. */
export type IdentityContext = { userId: string; epoch: number };

/** A person's X25519 key, ready for use: 32 raw public bytes, and the pair with a non-extractable private half. */
export type Identity = { publicKey: Bytes; keyPair: CryptoKeyPair };

/** A fresh X25519 key pair; the private half (PKCS #8) is wrapped under the master key. */
export async function createIdentity(
  masterKey: MasterKey,
  context: IdentityContext,
): Promise<{ publicKey: Bytes; wrappedPrivateKey: Bytes; identity: Identity }> {
  const pair = (await crypto.subtle.generateKey({ name: 'X25519' }, true, ['deriveBits'])) as CryptoKeyPair;
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const privateKey = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey));
  const wrappedPrivateKey = await sealWithSubkey(
    masterKey,
    PURPOSE_WRAP,
    boundTo(publicKey, context),
    privateKey,
  );
  const identity = await importIdentity(publicKey, privateKey);
  privateKey.fill(0);
  return { publicKey, wrappedPrivateKey, identity };
}

/**
 * @throws CryptoRefusal `damaged` for another master key, user, epoch or public key (which is bound, so that nobody can
 *   put another public key beside the private one); `unknown-suite`; `malformed`.
 */
export async function openIdentity(
  wrapped: Bytes,
  publicKey: Bytes,
  masterKey: MasterKey,
  context: IdentityContext,
): Promise<Identity> {
  assertLength('The public key', publicKey, PUBLIC_KEY_LENGTH);
  const privateKey = await openWithSubkey(masterKey, PURPOSE_WRAP, boundTo(publicKey, context), wrapped);
  const identity = await importIdentity(publicKey, privateKey);
  privateKey.fill(0);
  return identity;
}

function boundTo(publicKey: Bytes, { userId, epoch }: IdentityContext) {
  return [userId, epoch, publicKey];
}

async function importIdentity(publicKey: Bytes, privateKey: Bytes): Promise<Identity> {
  const algorithm = { name: 'X25519' };
  const keyPair = {
    publicKey: await crypto.subtle.importKey('raw', publicKey, algorithm, true, []),
    privateKey: await crypto.subtle.importKey('pkcs8', privateKey, algorithm, false, ['deriveBits']),
  };
  return { publicKey, keyPair };
}
