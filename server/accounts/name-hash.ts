import type { Deps } from '../deps.ts';

/** How a username is kept when it is nobody's any more. */
export function nameHash({ serverKeys }: Pick<Deps, 'serverKeys'>, username: string): Promise<string> {
  return serverKeys.hashToken(textOf(username));
}

/** How it may be kept, by when it was given up. */
export function nameHashes({ serverKeys }: Pick<Deps, 'serverKeys'>, username: string): Promise<string[]> {
  return serverKeys.hashesOf(textOf(username));
}

const textOf = (username: string) => `former-name:${username}`;
