import type { Deps } from '../deps.ts';

export function nameHash({ serverKeys }: Pick<Deps, 'serverKeys'>, username: string): Promise<string> {
  return serverKeys.hashToken(textOf(username));
}

/** All hashes a retired username may be stored under: one per server secret. */
export function nameHashes({ serverKeys }: Pick<Deps, 'serverKeys'>, username: string): Promise<string[]> {
  return serverKeys.hashesOf(textOf(username));
}

const textOf = (username: string) => `former-name:${username}`;
