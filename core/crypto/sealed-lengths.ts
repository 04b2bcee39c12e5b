import { LETTER_KEY_LENGTH } from './letter-key.ts';
import { maxPaddedContent, padmeLength } from './padding.ts';

/** Suite, nonce and tag. */
const BLOB_OVERHEAD = 1 + 12 + 16;

/**
 * Lengths of fixed-size blobs, in bytes. Apart from the suite, this is all that can be checked
 * without a key.
 */
export const sealedLengths = {
  /**
   * A letter's key, sealed to one of its friends by HPKE: suite, encapsulated key, ciphertext, tag.
   */
  letterKey: 1 + 32 + LETTER_KEY_LENGTH + 16,
  wrappedKey: BLOB_OVERHEAD + LETTER_KEY_LENGTH,
  heading: BLOB_OVERHEAD + 512,
  publicKey: 32,
  /** A private identity key (PKCS #8, 48 bytes), wrapped under the master key. */
  identity: BLOB_OVERHEAD + 48,
} as const;

/** Tells whether a sealed blob has a Padmé length and holds at most `maxContent` bytes. */
export function isPaddedLength(sealedLength: number, maxContent: number): boolean {
  const padded = sealedLength - BLOB_OVERHEAD;
  return padded > 0 && padded <= padmeLength(4 + maxContent) && padmeLength(padded) === padded;
}

/**
 * Returns the most content, in bytes, of a padded blob of at most `sealedLength` bytes when sealed.
 */
export function maxSealedContent(sealedLength: number): number {
  return maxPaddedContent(sealedLength - BLOB_OVERHEAD);
}
