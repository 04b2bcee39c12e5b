import { findHashed } from '../crypto/server-keys.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import type { Token } from './token.store.ts';
import type { User } from './user.store.ts';

/** The purpose of a mailed link. A token works only for its purpose, once, until it expires. */
export type LinkPurpose = 'verify-email' | 'reset-password';

export function linkHash(
  deps: Pick<Deps, 'serverKeys'>,
  purpose: LinkPurpose,
  token: string,
): Promise<string> {
  return deps.serverKeys.hashToken(`${purpose}:${token}`);
}

/** Hashes the address a link was mailed to, for storage with its token. */
export function linkAddressHash({ serverKeys }: Pick<Deps, 'serverKeys'>, email: string): Promise<string> {
  return serverKeys.hashToken(addressText(email));
}

const addressText = (email: string) => `link-address:${email}`;

const linkHashes = ({ serverKeys }: Deps, purpose: LinkPurpose, token: string) =>
  serverKeys.hashesOf(`${purpose}:${token}`);

/**
 * Finds the user a link belongs to, without using the link up.
 *
 * @throws {AppError} `not-found` for a token that is unknown, used, expired or for another purpose,
 *   or whose account is locked.
 */
export async function findLink(deps: Deps, purpose: LinkPurpose, token: string): Promise<User> {
  const { tokens } = deps.stores;
  const found = await findHashed(linkHashes(deps, purpose, token), (hash) => tokens.find(hash, purpose));
  const good = found && found.expiresAt > deps.now();
  const user = good ? await deps.stores.users.findById(found.userId) : null;
  if (!found || !user || user.lockedAt || !(await isFor(deps, found, user))) throw spentLink();
  return user;
}

/**
 * Uses a link up. Of several concurrent callers, one succeeds.
 *
 * @throws {AppError} `not-found` as {@link findLink}.
 */
export async function claimLink(deps: Deps, purpose: LinkPurpose, token: string): Promise<User> {
  const claimed = await findHashed(linkHashes(deps, purpose, token), (hash) =>
    deps.stores.tokens.consume(hash, purpose, deps.now()),
  );
  const user = claimed && (await deps.stores.users.findById(claimed.userId));
  if (!user || user.lockedAt) throw spentLink();
  return user;
}

/**
 * A link proves nothing about an address it was not mailed to. Links of older versions do not
 * record theirs.
 */
async function isFor({ serverKeys }: Deps, { address }: Token, { email }: User): Promise<boolean> {
  return address === null || (await serverKeys.hashesOf(addressText(email))).includes(address);
}

export function spentLink(): AppError {
  return new AppError('not-found', 'This link has expired or was already used. Ask for a new one.');
}
