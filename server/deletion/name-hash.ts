import type { Deps } from '../deps.ts';

/** How a username is kept when it is nobody's any more. */
export function nameHash({ serverKeys }: Pick<Deps, 'serverKeys'>, username: string): Promise<string> {
  return serverKeys.hashToken(`former-name:${username}`);
}
