import { createRingKeys, type ServerKeys } from '#server/crypto/server-keys.ts';

/** The keys of an installation that has had one secret. */
export function createServerKeys(appSecret: string): Promise<ServerKeys> {
  return createRingKeys({ version: 1, secret: appSecret, past: [] });
}
