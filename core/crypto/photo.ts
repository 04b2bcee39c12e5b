import type { Bytes } from '../bytes.ts';
import { toHex } from '../bytes.ts';
import { damaged, openWithSubkey, sealWithSubkey } from './aead.ts';
import { importHkdfKey } from './hkdf.ts';
import { LETTER_KEY_LENGTH } from './letter-key.ts';
import type { PhotoVariant } from './letter-types.ts';
import { assertLength } from './refusal.ts';

const PURPOSE_PHOTO = 'bff/v1/photo';

/** Which picture of which letter in which size; bound, so that none can be swapped for another. */
export type PhotoRef = { letterId: string; photoId: string; variant: PhotoVariant };

/** Seals one size of one photo under the letter's key. @throws CryptoRefusal `malformed`. */
export async function sealPhoto(key: Bytes, ref: PhotoRef, bytes: Bytes): Promise<Bytes> {
  assertLength('The letter key', key, LETTER_KEY_LENGTH);
  return sealWithSubkey(await importHkdfKey(key), PURPOSE_PHOTO, boundTo(ref), bytes);
}

/**
 * `expectedHash` is the letter's own record of this ciphertext (hex SHA-256). Pass it whenever there is a letter: it
 * refuses another photo that somebody with the same key sealed for the same place.
 * @throws CryptoRefusal `damaged`, `unknown-suite`, `malformed`.
 */
export async function openPhoto(
  key: Bytes,
  ref: PhotoRef,
  sealed: Bytes,
  expectedHash?: string,
): Promise<Bytes> {
  assertLength('The letter key', key, LETTER_KEY_LENGTH);
  if (expectedHash !== undefined && (await hashCiphertext(sealed)) !== expectedHash) throw damaged();
  return openWithSubkey(await importHkdfKey(key), PURPOSE_PHOTO, boundTo(ref), sealed);
}

/** Hex SHA-256 of a sealed blob. */
export async function hashCiphertext(sealed: Bytes): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', sealed)));
}

function boundTo({ letterId, photoId, variant }: PhotoRef) {
  return [letterId, photoId, variant];
}
