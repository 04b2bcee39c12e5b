import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import type { User } from './user.store.ts';

/**
 * The version of the server secret that an account's key share comes from. Accounts from before
 * versions have the first.
 */
export function secretVersionOf({ secretVersion }: Pick<User, 'secretVersion'>): number {
  return secretVersion ?? 1;
}

/** Whether the server secret was rotated since the account's master key was wrapped. */
export function isOnPastSecret(
  { serverKeys }: Pick<Deps, 'serverKeys'>,
  user: Pick<User, 'secretVersion'>,
): boolean {
  return secretVersionOf(user) < serverKeys.version;
}

/**
 * Requires a key share for a secret: without one, the wrapped key could never be unwrapped.
 *
 * @throws {AppError} `conflict` for a secret without a share.
 */
export function requireShare({ serverKeys }: Pick<Deps, 'serverKeys'>, version: number): void {
  if (serverKeys.hasShare(version)) return;
  throw new AppError('conflict', 'Our server was just updated. Please try again.');
}
