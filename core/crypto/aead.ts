import type { Bytes } from '../bytes.ts';
import { concatBytes, randomBytes } from '../bytes.ts';
import type { Field } from './encode-fields.ts';
import { encodeFields } from './encode-fields.ts';
import { type Subkeys, subkeyOf } from './hkdf.ts';
import { CryptoRefusal } from './refusal.ts';
import { SUITE } from './suite.ts';

const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;
const HEAD_LENGTH = 1 + NONCE_LENGTH;

/**
 * Seals with AES-256-GCM and a random nonce: `suite (1) ‖ nonce (12) ‖ ciphertext ‖ tag (16)`. A
 * key sees at most a few thousand messages, far from the 2³² where random nonces become a risk.
 * @param version the first byte, for kinds of blob with their own version
 */
export async function sealBlob(
  key: CryptoKey,
  associatedData: Bytes,
  plaintext: Bytes,
  version: number = SUITE,
): Promise<Bytes> {
  const nonce = randomBytes(NONCE_LENGTH);
  const params = { name: 'AES-GCM', iv: nonce, additionalData: associatedData };
  const ciphertext = await crypto.subtle.encrypt(params, key, plaintext);
  return concatBytes(new Uint8Array([version]), nonce, new Uint8Array(ciphertext));
}

/** The inverse of {@link sealBlob}. @throws CryptoRefusal `unknown-suite` or `damaged`. */
export async function openBlob(
  key: CryptoKey,
  associatedData: Bytes,
  sealed: Bytes,
  version: number = SUITE,
): Promise<Bytes> {
  assertSuiteByte(sealed, version);
  if (sealed.length < HEAD_LENGTH + TAG_LENGTH) throw damaged();
  const params = { name: 'AES-GCM', iv: sealed.subarray(1, HEAD_LENGTH), additionalData: associatedData };
  try {
    return new Uint8Array(await crypto.subtle.decrypt(params, key, sealed.subarray(HEAD_LENGTH)));
  } catch (error) {
    // Only a failed tag is damage. A wrong kind of key is a bug and must not look like an attack.
    if (error instanceof Error && error.name === 'OperationError') throw damaged();
    throw error;
  }
}

/**
 * Seals under the subkey of `base` for `purpose`. `context` says what the blob belongs to. It is
 * bound as associated data `encodeFields(purpose, version, ...context)`, so the blob opens nowhere
 * else.
 */
export async function sealWithSubkey(
  base: CryptoKey | Subkeys,
  purpose: string,
  context: Field[],
  plaintext: Bytes,
  version: number = SUITE,
): Promise<Bytes> {
  const associatedData = encodeFields(purpose, version, ...context);
  return sealBlob(await subkeyOf(base, purpose), associatedData, plaintext, version);
}

/** The inverse of {@link sealWithSubkey}. @throws CryptoRefusal `unknown-suite` or `damaged`. */
export async function openWithSubkey(
  base: CryptoKey | Subkeys,
  purpose: string,
  context: Field[],
  sealed: Bytes,
  version: number = SUITE,
): Promise<Bytes> {
  const associatedData = encodeFields(purpose, version, ...context);
  return openBlob(await subkeyOf(base, purpose), associatedData, sealed, version);
}

/**
 * Checks the suite byte.
 * @throws CryptoRefusal `damaged` for an empty blob, `unknown-suite` for another suite.
 */
export function assertSuiteByte(sealed: Bytes, version: number = SUITE): void {
  if (!(sealed instanceof Uint8Array) || sealed.length === 0) throw damaged();
  if (sealed[0] !== version) throw new CryptoRefusal('unknown-suite', 'Sealed by an unknown version.');
}

/** Returns one error for every failed check, so that it doesn't reveal which check failed. */
export function damaged(): CryptoRefusal {
  return new CryptoRefusal('damaged', 'This does not authenticate.');
}
