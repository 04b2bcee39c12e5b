import type { Bytes } from '../bytes.ts';
import { toHex } from '../bytes.ts';
import { damaged, openWithSubkey, sealWithSubkey } from './aead.ts';
import { importHkdfKey } from './hkdf.ts';
import { LETTER_KEY_LENGTH } from './letter-key.ts';
import type { PhotoVariant } from './letter-types.ts';
import { padPadme, unpadPadme } from './padding.ts';
import { assertLength } from './refusal.ts';
import { SUITE } from './suite.ts';

/**
 * The first byte of a sealed photo. Version 2 is padded like a letter, because a picture's exact
 * length identifies it. Photos of version 1 (the {@link SUITE}'s own) aren't padded and can only be
 * opened.
 */
export const PHOTO_VERSION = 2;
const PURPOSE_PHOTO = 'bff/v2/photo';
const PURPOSE_UNPADDED = 'bff/v1/photo';

/** The letter, photo and size; bound, so that no picture can be swapped for another. */
export type PhotoRef = { letterId: string; photoId: string; variant: PhotoVariant };

/**
 * Pads one size of one photo and seals it under the letter's key. @throws CryptoRefusal
 * `malformed`.
 */
export async function sealPhoto(key: Bytes, ref: PhotoRef, bytes: Bytes): Promise<Bytes> {
  assertLength('The letter key', key, LETTER_KEY_LENGTH);
  const base = await importHkdfKey(key);
  return sealWithSubkey(base, PURPOSE_PHOTO, boundTo(ref), padPadme(bytes), PHOTO_VERSION);
}

/**
 * Opens a photo. `expectedHash` is the letter's record of this ciphertext (hex SHA-256). Pass it
 * whenever there is a letter: it refuses another photo sealed for the same place with the same key.
 * @throws CryptoRefusal `damaged`, `unknown-suite`, `malformed`
 */
export async function openPhoto(
  key: Bytes,
  ref: PhotoRef,
  sealed: Bytes,
  expectedHash?: string,
): Promise<Bytes> {
  assertLength('The letter key', key, LETTER_KEY_LENGTH);
  if (expectedHash !== undefined && (await hashCiphertext(sealed)) !== expectedHash) throw damaged();
  const base = await importHkdfKey(key);
  if (sealed[0] === SUITE) return openWithSubkey(base, PURPOSE_UNPADDED, boundTo(ref), sealed);
  return unpadPadme(await openWithSubkey(base, PURPOSE_PHOTO, boundTo(ref), sealed, PHOTO_VERSION));
}

/** Returns the hex SHA-256 of a sealed blob. */
export async function hashCiphertext(sealed: Bytes): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', sealed)));
}

function boundTo({ letterId, photoId, variant }: PhotoRef) {
  return [letterId, photoId, variant];
}
