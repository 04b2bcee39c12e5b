import type { Bytes } from '../bytes.ts';
import { randomBytes } from '../bytes.ts';
import { damaged, openWithSubkey, sealWithSubkey } from './aead.ts';
import type { MasterKey } from './master-key.ts';
import { assertLength } from './refusal.ts';

export const LETTER_KEY_LENGTH = 32;
const PURPOSE_WRAP = 'bff/v1/letter-key-wrap';

/** Makes a letter key: 32 random bytes. Payload and photos are sealed under its subkeys. */
export function newLetterKey(): Bytes {
  return randomBytes(LETTER_KEY_LENGTH);
}

/** Wraps a draft's letter key for its author. @throws CryptoRefusal `malformed`. */
export async function wrapLetterKey(
  masterKey: MasterKey,
  { letterId, userId }: { letterId: string; userId: string },
  key: Bytes,
): Promise<Bytes> {
  assertLength('The letter key', key, LETTER_KEY_LENGTH);
  return sealWithSubkey(masterKey, PURPOSE_WRAP, [letterId, userId], key);
}

/**
 * The inverse of {@link wrapLetterKey}.
 * @throws CryptoRefusal `damaged` for another master key, letter or user; `unknown-suite`.
 */
export async function unwrapLetterKey(
  masterKey: MasterKey,
  { letterId, userId }: { letterId: string; userId: string },
  wrapped: Bytes,
): Promise<Bytes> {
  const key = await openWithSubkey(masterKey, PURPOSE_WRAP, [letterId, userId], wrapped);
  if (key.length !== LETTER_KEY_LENGTH) throw damaged();
  return key;
}
