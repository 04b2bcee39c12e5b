import type { Bytes } from '../bytes.ts';
import { randomBytes } from '../bytes.ts';
import { damaged, openWithSubkey, sealWithSubkey } from './aead.ts';
import type { MasterKey } from './master-key.ts';
import { assertLength } from './refusal.ts';

/** Bytes of a letter key. */
export const LETTER_KEY_LENGTH = 32;
const PURPOSE_WRAP = 'bff/v1/letter-key-wrap';

/** 32 random bytes, fresh for every letter: payload and photos are sealed under subkeys of it. */
export function newLetterKey(): Bytes {
  return randomBytes(LETTER_KEY_LENGTH);
}

/** Keeps the key of a letter in progress for its author. @throws CryptoRefusal `malformed`. */
export async function wrapLetterKey(
  masterKey: MasterKey,
  { letterId, userId }: { letterId: string; userId: string },
  key: Bytes,
): Promise<Bytes> {
  assertLength('The letter key', key, LETTER_KEY_LENGTH);
  return sealWithSubkey(masterKey, PURPOSE_WRAP, [letterId, userId], key);
}

/** @throws CryptoRefusal `damaged` for another master key, letter or user; `unknown-suite`. */
export async function unwrapLetterKey(
  masterKey: MasterKey,
  { letterId, userId }: { letterId: string; userId: string },
  wrapped: Bytes,
): Promise<Bytes> {
  const key = await openWithSubkey(masterKey, PURPOSE_WRAP, [letterId, userId], wrapped);
  if (key.length !== LETTER_KEY_LENGTH) throw damaged();
  return key;
}
