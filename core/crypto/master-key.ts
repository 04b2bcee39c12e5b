import type { Bytes } from '../bytes.ts';
import { randomBytes } from '../bytes.ts';
import { damaged, openBlob, sealBlob } from './aead.ts';
import { encodeFields } from './encode-fields.ts';
import { hkdfAesKey, importHkdfKey, type Subkeys } from './hkdf.ts';
import { assertLength } from './refusal.ts';
import { SUITE } from './suite.ts';

const MASTER_KEY_LENGTH = 32;
const PURPOSE_WRAP = 'bff/v1/master-key';
export const IDENTITY_PURPOSE = 'bff/v1/identity';

/**
 * The everyday purposes of the master key. The identity's wrapping key isn't among them: see {@link
 * identityWrappingKey}.
 */
const everydayPurposes = [
  'bff/v1/heading',
  'bff/v1/letter-key-wrap',
  'bff/v1/stamp-idea',
  'bff/v1/self/pins',
  'bff/v1/self/recovery-words',
] as const;

declare const masterKeyBrand: unique symbol;

/**
 * A device's part of the account master key: one non-extractable AES-256-GCM key per everyday
 * purpose, made only by {@link importMasterKey}. Neither the master key nor any other subkey can be
 * derived from them. Can be stored in a browser's database.
 */
export type MasterKey = Subkeys & { readonly [masterKeyBrand]: true };

/** The place of a wrapped master key; bound, so that it opens nowhere else. */
export type MasterKeyContext = { userId: string; epoch: number; purpose: 'password' | 'recovery' };

/**
 * Makes an account's master key: 32 random bytes. It is raw only while it is wrapped or split into
 * subkeys.
 */
export function newMasterKey(): Bytes {
  return randomBytes(MASTER_KEY_LENGTH);
}

/**
 * Splits the master key into subkeys. The caller must wipe `raw`.
 * @throws CryptoRefusal `malformed` unless `raw` is 32 bytes.
 */
export async function importMasterKey(raw: Bytes): Promise<MasterKey> {
  return takeApart(await importWhole(raw));
}

/**
 * Splits a master key in the older browser form: an HKDF key, from which any subkey could be
 * derived.
 * @param whole non-extractable, usable for `deriveKey`
 */
export async function takeApart(whole: CryptoKey): Promise<MasterKey> {
  const subkeys = await Promise.all(
    everydayPurposes.map(async (purpose) => [purpose, await hkdfAesKey(whole, purpose)]),
  );
  return { subkeys: Object.fromEntries(subkeys) } as MasterKey;
}

/**
 * Derives the key that wraps the identity, while the raw master key is at hand.
 * @throws CryptoRefusal `malformed`.
 */
export async function identityWrappingKey(raw: Bytes): Promise<CryptoKey> {
  return hkdfAesKey(await importWhole(raw), IDENTITY_PURPOSE);
}

/**
 * Wraps the master key with AES-256-GCM under a key from the password or the recovery phrase.
 * @throws CryptoRefusal `malformed`.
 */
export async function wrapMasterKey(raw: Bytes, kek: CryptoKey, context: MasterKeyContext): Promise<Bytes> {
  assertLength('The master key', raw, MASTER_KEY_LENGTH);
  return sealBlob(kek, wrapData(context), raw);
}

/**
 * The inverse of {@link wrapMasterKey}.
 * @throws CryptoRefusal `damaged` for another key, user, epoch or purpose; `unknown-suite`.
 */
export async function unwrapMasterKey(
  wrapped: Bytes,
  kek: CryptoKey,
  context: MasterKeyContext,
): Promise<Bytes> {
  const raw = await openBlob(kek, wrapData(context), wrapped);
  if (raw.length !== MASTER_KEY_LENGTH) throw damaged();
  return raw;
}

async function importWhole(raw: Bytes): Promise<CryptoKey> {
  assertLength('The master key', raw, MASTER_KEY_LENGTH);
  return importHkdfKey(raw);
}

function wrapData({ userId, epoch, purpose }: MasterKeyContext): Bytes {
  return encodeFields(PURPOSE_WRAP, SUITE, userId, epoch, purpose);
}
