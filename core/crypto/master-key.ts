import type { Bytes } from '../bytes.ts';
import { randomBytes } from '../bytes.ts';
import { damaged, openBlob, sealBlob } from './aead.ts';
import { encodeFields } from './encode-fields.ts';
import { importHkdfKey } from './hkdf.ts';
import { assertLength } from './refusal.ts';
import { SUITE } from './suite.ts';

const MASTER_KEY_LENGTH = 32;
const PURPOSE_WRAP = 'bff/v1/master-key';

declare const masterKeyBrand: unique symbol;

/** The account master key, ready for use: a non-extractable HKDF key, from {@link importMasterKey} only. */
export type MasterKey = CryptoKey & { readonly [masterKeyBrand]: true };

/** Where a wrapped master key belongs; bound, so that it opens nowhere else. */
export type MasterKeyContext = { userId: string; epoch: number; purpose: 'password' | 'recovery' };

/** 32 random bytes, made once per account. Raw only while it is being wrapped. */
export function newMasterKey(): Bytes {
  return randomBytes(MASTER_KEY_LENGTH);
}

/** @throws CryptoRefusal `malformed` unless `raw` is 32 bytes. */
export async function importMasterKey(raw: Bytes): Promise<MasterKey> {
  assertLength('The master key', raw, MASTER_KEY_LENGTH);
  return (await importHkdfKey(raw)) as MasterKey;
}

/** AES-256-GCM under a key from the password or the recovery words. @throws CryptoRefusal `malformed`. */
export async function wrapMasterKey(raw: Bytes, kek: CryptoKey, context: MasterKeyContext): Promise<Bytes> {
  assertLength('The master key', raw, MASTER_KEY_LENGTH);
  return sealBlob(kek, wrapData(context), raw);
}

/** @throws CryptoRefusal `damaged` for another key, user, epoch or purpose; `unknown-suite`. */
export async function unwrapMasterKey(
  wrapped: Bytes,
  kek: CryptoKey,
  context: MasterKeyContext,
): Promise<Bytes> {
  const raw = await openBlob(kek, wrapData(context), wrapped);
  if (raw.length !== MASTER_KEY_LENGTH) throw damaged();
  return raw;
}

function wrapData({ userId, epoch, purpose }: MasterKeyContext): Bytes {
  return encodeFields(PURPOSE_WRAP, SUITE, userId, epoch, purpose);
}
