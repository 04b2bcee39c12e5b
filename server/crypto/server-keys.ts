import { type Bytes, concatBytes, encodeUtf8, equalBytes, toHex } from '#core/bytes.ts';
import {
  isCryptoRefusal,
  openForServer,
  openStampIdea,
  sealForServer,
  sealStampIdea,
} from '#core/crypto/index.ts';
import {
  importSecret,
  type LookupKeys,
  type LookupPurpose,
  lookupKeysOf,
  type PastSecret,
  type SecretRing,
  subkeyOf,
} from './secret-ring.ts';

/**
 * Computations only this server can do: HMAC-SHA256 and AES-256-GCM under keys derived from
 * `APP_SECRET`.
 */
export interface ServerKeys {
  /** Counts the secrets this installation has had; 1 until `npm run rotate-secret`. */
  readonly version: number;
  /** `HMAC(pepper, authKey)`: the only part of a password the server stores. 32 bytes. */
  verifierOf(authKey: Bytes): Promise<Bytes>;
  /** Compares in constant time, also with the verifiers under earlier secrets. */
  verify(authKey: Bytes, verifier: Bytes): Promise<boolean>;
  /**
   * The server's share of a user's key-encryption key; released only after authentication. 32
   * bytes. Each epoch has its own share, so a reset without recovery reveals nothing that unwraps
   * the old keys.
   *
   * @param version the version of the secret; today's by default
   * @throws for a secret that this process does not have
   */
  keyShare(userId: string, epoch: number, version?: number): Promise<Bytes>;
  hasShare(version: number): boolean;
  /**
   * The salt to answer with for an unknown name: always the same for the same name, even after a
   * rotation. 16 bytes.
   *
   * @param what selects another value for the same name, in lower-case letters and digits
   */
  fakeSalt(username: string, what?: string): Promise<Bytes>;
  /**
   * Hashes a single-use token for storage, in hex, so that a copy of the database has no usable
   * token.
   */
  hashToken(token: string): Promise<string>;
  /** All hashes a token may be stored under: today's secret first, then each earlier one. */
  hashesOf(token: string): Promise<string[]>;
  /**
   * A short pseudonym of a network address for rate limits and logs; not reversible without the
   * secret.
   */
  hashAddress(address: string): Promise<string>;
  /** The id of a rate-limit count: 24 hex digits, not reversible without the secret. */
  limitId(what: string): Promise<string>;
  /** Seals a stamp idea for the worker, so that a copy of the database does not reveal it. */
  sealIdea(letterId: string, idea: string): Promise<Bytes>;
  /** @throws CryptoRefusal `damaged` for another letter or secret. */
  openIdea(letterId: string, sealed: Bytes): Promise<string>;
  /** Seals the secret of a user's authenticator app, which is read at each login. */
  sealTotpSecret(userId: string, secret: Bytes): Promise<Bytes>;
  /** @throws CryptoRefusal `damaged` for another user or server secret. */
  openTotpSecret(userId: string, sealed: Bytes): Promise<Bytes>;
}

/**
 * Derives the server's keys from the installation's secret with HKDF-SHA256 (RFC 5869), one per
 * purpose. Data stored under earlier secrets can still be found and opened; everything new is
 * written under today's.
 */
export async function createRingKeys({ version, secret, past }: SecretRing): Promise<ServerKeys> {
  const today = await keysOf({ version, secret });
  const all = [today, ...(await Promise.all(past.map(keysOf)))];
  const oldest = all.reduce((first, keys) => (keys.version < first.version ? keys : first));
  const root = today.root as CryptoKey;
  const address = await hmacKey(await subkeyOf(root, 'address'));
  const limit = await hmacKey(await subkeyOf(root, 'limit'));

  const verifierOf = (authKey: Bytes) => mac(today.lookup.pepper, authKey);
  const hashWith = async ({ lookup }: SecretKeys, text: string) =>
    toHex(await mac(lookup.token, encodeUtf8(text)));
  const openWithAny = async <Opened>(open: (root: CryptoKey) => Promise<Opened>): Promise<Opened> => {
    const roots = all.flatMap(({ root }) => root ?? []);
    for (const older of roots.slice(0, -1)) {
      try {
        return await open(older);
      } catch (error) {
        if (!isCryptoRefusal(error)) throw error;
      }
    }
    return open(roots.at(-1) ?? root);
  };
  return {
    version,
    verifierOf,
    async verify(authKey, verifier) {
      const known = await Promise.all(all.map(({ lookup }) => mac(lookup.pepper, authKey)));
      return known.filter((expected) => equalBytes(expected, verifier)).length > 0;
    },
    async keyShare(userId, epoch, of = version) {
      const share = all.find((keys) => keys.version === of)?.share;
      if (!share) throw new Error(`no key share of secret ${of}`);
      return mac(share, encodeUtf8(epoch === 1 ? userId : `${userId}/${epoch}`));
    },
    hasShare: (of) => all.some((keys) => keys.version === of && keys.share !== null),
    async fakeSalt(username, what) {
      // No UTF-8 text begins with 0xff, so no username collides with these values.
      const text = what
        ? concatBytes(new Uint8Array([0xff]), encodeUtf8(`${what}:${username}`))
        : encodeUtf8(username);
      return (await mac(oldest.lookup['fake-salt'], text)).slice(0, 16);
    },
    hashToken: (text) => hashWith(today, text),
    hashesOf: (text) => Promise.all(all.map((keys) => hashWith(keys, text))),
    hashAddress: async (text) => toHex(await mac(address, encodeUtf8(text))).slice(0, 16),
    limitId: async (text) => toHex(await mac(limit, encodeUtf8(text))).slice(0, 24),
    sealIdea: (letterId, idea) => sealStampIdea(root, 'worker', letterId, idea),
    openIdea: (letterId, sealed) => openWithAny((key) => openStampIdea(key, 'worker', letterId, sealed)),
    sealTotpSecret: (userId, secret) => sealForServer(root, 'totp', userId, secret),
    openTotpSecret: (userId, sealed) => openWithAny((key) => openForServer(key, 'totp', userId, sealed)),
  };
}

/** Finds the first row stored under one of a token's hashes. */
export async function findHashed<Row>(
  hashes: Promise<string[]>,
  find: (hash: string) => Promise<Row | null>,
): Promise<Row | null> {
  for (const hash of await hashes) {
    const row = await find(hash);
    if (row) return row;
  }
  return null;
}

interface SecretKeys {
  version: number;
  lookup: Record<LookupPurpose, CryptoKey>;
  /** Null once the secret itself is deleted. */
  root: CryptoKey | null;
  share: CryptoKey | null;
}

async function keysOf(from: PastSecret): Promise<SecretKeys> {
  const { version } = from;
  if ('lookup' in from) return { version, lookup: await importLookup(from.lookup), root: null, share: null };
  const root = await importSecret(from.secret);
  const lookup = await importLookup(await lookupKeysOf(from.secret));
  return { version, lookup, root, share: await hmacKey(await subkeyOf(root, 'key-share')) };
}

async function importLookup(keys: LookupKeys): Promise<SecretKeys['lookup']> {
  const [pepper, token, salt] = await Promise.all([keys.pepper, keys.token, keys['fake-salt']].map(hmacKey));
  return { pepper, token, 'fake-salt': salt } as SecretKeys['lookup'];
}

function hmacKey(raw: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
}

async function mac(key: CryptoKey, data: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, data));
}
