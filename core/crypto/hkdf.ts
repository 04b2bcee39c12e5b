import type { Bytes } from '../bytes.ts';
import { encodeUtf8 } from '../bytes.ts';
import { CryptoRefusal } from './refusal.ts';

const NO_SALT = new Uint8Array(0);

/** Raw secret to a non-extractable key that can only be used to derive others (RFC 5869). */
export function importHkdfKey(secret: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey', 'deriveBits']);
}

/** HKDF-SHA256. Our secrets are uniform, so the salt is empty and `info` alone separates the uses. */
export async function hkdfBytes(
  base: CryptoKey,
  info: Bytes,
  length: number,
  salt: Bytes = NO_SALT,
): Promise<Bytes> {
  const params = { name: 'HKDF', hash: 'SHA-256', salt, info };
  return new Uint8Array(await crypto.subtle.deriveBits(params, base, length * 8));
}

/** Subkeys of a key for as long as somebody holds that key: a list opens its titles under one. */
const subkeys = new WeakMap<CryptoKey, Map<string, Promise<CryptoKey>>>();

/** The AES-256-GCM subkey of `base` for one purpose; non-extractable. */
export function hkdfAesKey(base: CryptoKey, purpose: string): Promise<CryptoKey> {
  const known = subkeys.get(base) ?? new Map<string, Promise<CryptoKey>>();
  subkeys.set(base, known);
  const subkey = known.get(purpose) ?? deriveAesKey(base, purpose);
  known.set(purpose, subkey);
  return subkey;
}

/** AES-256-GCM subkeys by their purposes, kept in the place of the key they were derived from. */
export interface Subkeys {
  readonly subkeys: Readonly<Record<string, CryptoKey>>;
}

/**
 * The AES-256-GCM subkey for one purpose, derived from an HKDF key or one of those that were kept.
 * @throws CryptoRefusal `malformed` for a purpose without a kept key.
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
