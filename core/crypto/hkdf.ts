import type { Bytes } from '../bytes.ts';
import { encodeUtf8 } from '../bytes.ts';
import { CryptoRefusal } from './refusal.ts';

const NO_SALT = new Uint8Array(0);

/** Imports a raw secret as a non-extractable key that only derives other keys (RFC 5869). */
export function importHkdfKey(secret: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey', 'deriveBits']);
}

/**
 * Derives bytes with HKDF-SHA256. Our secrets are uniform, so the salt is empty and `info` alone
 * separates the uses.
 */
export async function hkdfBytes(
  base: CryptoKey,
  info: Bytes,
  length: number,
  salt: Bytes = NO_SALT,
): Promise<Bytes> {
  const params = { name: 'HKDF', hash: 'SHA-256', salt, info };
  return new Uint8Array(await crypto.subtle.deriveBits(params, base, length * 8));
}

/**
 * Caches a key's subkeys as long as the key is referenced: a list opens all its titles under one.
 */
const subkeys = new WeakMap<CryptoKey, Map<string, Promise<CryptoKey>>>();

/** Derives the non-extractable AES-256-GCM subkey of `base` for one purpose. */
export function hkdfAesKey(base: CryptoKey, purpose: string): Promise<CryptoKey> {
  const known = subkeys.get(base) ?? new Map<string, Promise<CryptoKey>>();
  subkeys.set(base, known);
  const subkey = known.get(purpose) ?? deriveAesKey(base, purpose);
  known.set(purpose, subkey);
  return subkey;
}

/** AES-256-GCM subkeys by purpose, kept instead of the key they were derived from. */
export interface Subkeys {
  readonly subkeys: Readonly<Record<string, CryptoKey>>;
}

/**
 * Returns the AES-256-GCM subkey for one purpose, from an HKDF key or from kept subkeys.
 * @throws CryptoRefusal `malformed` if no subkey is kept for the purpose
 */
export async function subkeyOf(base: CryptoKey | Subkeys, purpose: string): Promise<CryptoKey> {
  if (!('subkeys' in base)) return hkdfAesKey(base, purpose);
  const kept = Object.hasOwn(base.subkeys, purpose) && base.subkeys[purpose];
  if (!kept) throw new CryptoRefusal('malformed', `No key is kept for ${purpose}.`);
  return kept;
}

function deriveAesKey(base: CryptoKey, purpose: string): Promise<CryptoKey> {
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: NO_SALT, info: encodeUtf8(purpose) },
    base,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}
