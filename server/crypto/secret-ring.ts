import { type Bytes, decodeUtf8, encodeUtf8, fromBase64Url, toBase64Url } from '#core/bytes.ts';
import { hkdfBytes, importHkdfKey, openForServer, sealForServer } from '#core/crypto/index.ts';

/**
 * The purposes of lookup keys, which find stored keyed hashes. They protect little, and are kept
 * for good.
 */
const lookupPurposes = ['pepper', 'token', 'fake-salt'] as const;
export type LookupPurpose = (typeof lookupPurposes)[number];
export type LookupKeys = Record<LookupPurpose, Bytes>;

/**
 * An earlier secret of this installation. Kept whole while an account's master key is wrapped with
 * its share; afterwards only the lookup keys stay, which find hashes made under it (recovery words,
 * one-time codes, links, retired usernames).
 */
export type PastSecret = { version: number } & ({ secret: string } | { lookup: LookupKeys });

/** The secrets of an installation: today's, and earlier ones, the newest first. */
export interface SecretRing {
  version: number;
  secret: string;
  past: PastSecret[];
}

export function importSecret(secret: string): Promise<CryptoKey> {
  return importHkdfKey(encodeUtf8(secret));
}

export function subkeyOf(root: CryptoKey, purpose: string): Promise<Bytes> {
  return hkdfBytes(root, encodeUtf8(`bff/v1/server/${purpose}`), 32);
}

/** Derives the keys that stay after a secret is deleted; HKDF cannot be reversed from them. */
export async function lookupKeysOf(secret: string): Promise<LookupKeys> {
  const root = await importSecret(secret);
  const keys = await Promise.all(lookupPurposes.map((purpose) => subkeyOf(root, purpose)));
  return Object.fromEntries(lookupPurposes.map((purpose, n) => [purpose, keys[n]])) as LookupKeys;
}

/** A value that identifies a secret without revealing it. 32 bytes. */
export async function checkValueOf(secret: string): Promise<Bytes> {
  return subkeyOf(await importSecret(secret), 'check');
}

const PURPOSE = 'past-secrets';
const PLACE = 'installation';

/**
 * Seals earlier secrets under today's for storage, so that a copy of the database contains none.
 */
export async function sealPast(secret: string, past: PastSecret[]): Promise<Bytes> {
  const text = JSON.stringify(past, (_, value) => (value instanceof Uint8Array ? toBase64Url(value) : value));
  return sealForServer(await importSecret(secret), PURPOSE, PLACE, encodeUtf8(text));
}

/** @throws CryptoRefusal `damaged` for another secret. */
export async function openPast(secret: string, sealed: Bytes): Promise<PastSecret[]> {
  const opened = await openForServer(await importSecret(secret), PURPOSE, PLACE, sealed);
  const stored: { version: number; secret?: string; lookup?: Record<LookupPurpose, string> }[] = JSON.parse(
    decodeUtf8(opened),
  );
  return stored.map(({ version, secret: whole, lookup }) => {
    if (whole !== undefined || !lookup) return { version, secret: whole ?? '' };
    const keys = lookupPurposes.map((purpose) => [purpose, fromBase64Url(lookup[purpose])]);
    return { version, lookup: Object.fromEntries(keys) as LookupKeys };
  });
}
