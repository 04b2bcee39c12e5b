import { randomBytes, toBase64Url } from '#core/bytes.ts';
import type { Deps } from '../deps.ts';
import type { SeenCredentials } from './user.store.ts';

/**
 * Names the device a user just logged in on ("device cookies", OWASP Authentication Cheat Sheet).
 * An attacker guessing passwords from the same network lacks the name, so cannot slow its owner
 * down. The name reveals nothing about the account, works for no other account, and expires when
 * password, words or devices change.
 */
export async function nameDevice(deps: Pick<Deps, 'serverKeys'>, user: SeenCredentials): Promise<string> {
  const id = toBase64Url(randomBytes(18));
  return `${id}.${await seal(deps, user, id)}`;
}

/** Returns the id of a device this user logged in on before; null for anything else. */
export async function knownDevice(
  deps: Pick<Deps, 'serverKeys' | 'stores'>,
  username: string,
  name: string | null | undefined,
): Promise<string | null> {
  const [, id, mark] = /^([A-Za-z0-9_-]{24})\.([0-9a-f]{32})$/.exec(name ?? '') ?? [];
  if (!id) return null;
  const user = await deps.stores.users.findByUsername(username);
  return user && mark === (await seal(deps, user, id)) ? id : null;
}

async function seal(
  { serverKeys }: Pick<Deps, 'serverKeys'>,
  { id: userId, credentialsSince }: SeenCredentials,
  id: string,
): Promise<string> {
  const since = credentialsSince ? `${credentialsSince.getTime()}:` : '';
  return (await serverKeys.hashToken(`device:${userId}:${since}${id}`)).slice(0, 32);
}
