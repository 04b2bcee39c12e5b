import { type Bytes, encodeUtf8, equalBytes, toHex } from '#core/bytes.ts';
import { openForServer, openStampIdea, sealForServer, sealStampIdea } from '#core/crypto/index.ts';

type HmacPurpose = 'pepper' | 'key-share' | 'fake-salt' | 'token' | 'address' | 'limit';

/** What only this server can compute: HMAC-SHA256 and AES-256-GCM under keys derived from `APP_SECRET`. */
export interface ServerKeys {
  /** `HMAC(pepper, authKey)`: all the server keeps of a password. 32 bytes. */
  verifierOf(authKey: Bytes): Promise<Bytes>;
  /** Compares in constant time. */
  verify(authKey: Bytes, verifier: Bytes): Promise<boolean>;
  /**
   * The server's share of a person's key-encryption key; released only after authentication. 32 bytes. Keys of a later epoch
   * have a share of their own: whoever is given it to start afresh learns nothing of what wraps the old keys.
   */
  keyShare(userId: string, epoch: number): Promise<Bytes>;
  /** The salt shown for a name nobody has, always the same for the same name. 16 bytes. */
  fakeSalt(username: string): Promise<Bytes>;
  /** How a single-use token is stored: hex, so that a copy of the database holds no usable token. */
  hashToken(token: string): Promise<string>;
  /** A short name of a network address for rate limits and logs; not reversible without the secret. */
  hashAddress(address: string): Promise<string>;
  /** The id of a count of tries: 24 hex digits, not reversible without the secret. */
  limitId(what: string): Promise<string>;
  /** Seals a stamp idea for the worker, so that a copy of the database does not show it. */
  sealIdea(letterId: string, idea: string): Promise<Bytes>;
  /** @throws CryptoRefusal `damaged` for another letter or secret. */
  openIdea(letterId: string, sealed: Bytes): Promise<string>;
  /** Seals the secret of a person's authenticator app, which is read at each log-in. */
  sealTotpSecret(userId: string, secret: Bytes): Promise<Bytes>;
  /** @throws CryptoRefusal `damaged` for another person or server secret. */
  openTotpSecret(userId: string, sealed: Bytes): Promise<Bytes>;
}

/** Derives the server's keys from the installation's secret with HKDF-SHA256 (RFC 5869), one a purpose. */
export async function createServerKeys(appSecret: string): Promise<ServerKeys> {
  const root = await crypto.subtle.importKey('raw', encodeUtf8(appSecret), 'HKDF', false, ['deriveKey']);
  const derive = (purpose: HmacPurpose) =>
    crypto.subtle.deriveKey(
      { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: encodeUtf8(`bff/v1/server/${purpose}`) },
      root,
      { name: 'HMAC', hash: 'SHA-256', length: 256 },
      false,
      ['sign'],
    );
  const [pepper, share, salt, token, address, limit] = await Promise.all(
    (['pepper', 'key-share', 'fake-salt', 'token', 'address', 'limit'] as const).map(derive),
  );
  const mac = async (key: CryptoKey | undefined, data: Bytes): Promise<Bytes> => {
    if (!key) throw new Error('server key missing');
    return new Uint8Array(await crypto.subtle.sign('HMAC', key, data));
  };
  const verifierOf = (authKey: Bytes) => mac(pepper, authKey);
  return {
    verifierOf,
    verify: async (authKey, verifier) => equalBytes(await verifierOf(authKey), verifier),
    keyShare: (userId, epoch) => mac(share, encodeUtf8(epoch === 1 ? userId : `${userId}/${epoch}`)),
    fakeSalt: async (username) => (await mac(salt, encodeUtf8(username))).slice(0, 16),
    hashToken: async (text) => toHex(await mac(token, encodeUtf8(text))),
    hashAddress: async (text) => toHex(await mac(address, encodeUtf8(text))).slice(0, 16),
    limitId: async (text) => toHex(await mac(limit, encodeUtf8(text))).slice(0, 24),
    sealIdea: (letterId, idea) => sealStampIdea(root, 'worker', letterId, idea),
    openIdea: (letterId, sealed) => openStampIdea(root, 'worker', letterId, sealed),
    sealTotpSecret: (userId, secret) => sealForServer(root, 'totp', userId, secret),
    openTotpSecret: (userId, sealed) => openForServer(root, 'totp', userId, sealed),
  };
}
