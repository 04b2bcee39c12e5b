import type { Bytes } from '../bytes.ts';
import { concatBytes, encodeUtf8 } from '../bytes.ts';
import { assertLength } from './refusal.ts';

const ITERATIONS = 5200;
const VERSION = new Uint8Array([0, 0]);
/**
 * Signal puts a type byte before the 32 bytes of a Curve25519 key. With it, our numbers match
 * Signal's test vectors.
 */
const DJB_KEY_TYPE = new Uint8Array([5]);

export type SafetyNumberParty = { userId: string; publicKey: Bytes };

/**
 * Computes Signal's numeric fingerprint (version 0) of two users: 60 digits, the same for both. Two
 * friends who see the same number have each other's true keys.
 * @param a, b user id (the stable identifier, as UTF-8) and raw 32-byte X25519 public key
 * @throws CryptoRefusal `malformed` unless a key is 32 bytes
 */
export async function safetyNumber(a: SafetyNumberParty, b: SafetyNumberParty): Promise<string> {
  const halves = await Promise.all([fingerprint(a), fingerprint(b)]);
  return halves.sort().join('');
}

/**
 * Computes 30 digits: SHA-512 iterated over version ‖ key ‖ identifier, with the key added in each
 * round.
 */
async function fingerprint({ userId, publicKey }: SafetyNumberParty): Promise<string> {
  assertLength('The public key', publicKey, 32);
  const key = concatBytes(DJB_KEY_TYPE, publicKey);
  let hash: Bytes = concatBytes(VERSION, key, encodeUtf8(userId));
  for (let round = 0; round < ITERATIONS; round += 1) {
    hash = new Uint8Array(await crypto.subtle.digest('SHA-512', concatBytes(hash, key)));
  }
  return [0, 5, 10, 15, 20, 25].map((offset) => fiveDigits(hash, offset)).join('');
}

/** Returns five bytes, big-endian, modulo 100,000. */
function fiveDigits(hash: Bytes, offset: number): string {
  const value = hash.subarray(offset, offset + 5).reduce((sum, byte) => sum * 256 + byte, 0);
  return String(value % 100_000).padStart(5, '0');
}
