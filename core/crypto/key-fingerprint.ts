import type { Bytes } from '../bytes.ts';
import { toBase64Url } from '../bytes.ts';
import { encodeFields } from './encode-fields.ts';
import { assertLength } from './refusal.ts';

const PURPOSE = 'bff/v1/invitation';
/** 128 bits: nobody finds a second key with the fingerprint of another. */
const FINGERPRINT_LENGTH = 16;

export type KeyOwner = { userId: string; username: string; publicKey: Bytes };

/**
 * Computes the fingerprint of a user's key: the first 16 bytes of a SHA-256 over user id, username
 * and key, in base64url. It stands in the links of invitations.
 * @throws CryptoRefusal `malformed` unless the key is 32 bytes
 */
export async function keyFingerprint({ userId, username, publicKey }: KeyOwner): Promise<string> {
  assertLength('The public key', publicKey, 32);
  const hash = await crypto.subtle.digest('SHA-256', encodeFields(PURPOSE, userId, username, publicKey));
  return toBase64Url(new Uint8Array(hash, 0, FINGERPRINT_LENGTH));
}
