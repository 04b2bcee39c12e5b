import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import type { User } from './user.store.ts';

/** Of which of the server's secrets the key share of an account is; those from before there were several have the first. */
export function secretVersionOf({ secretVersion }: Pick<User, 'secretVersion'>): number {
  return secretVersion ?? 1;
}

/** Whether the server has changed its secret since the account's master key was wrapped. */
export function isOnPastSecret(
  { serverKeys }: Pick<Deps, 'serverKeys'>,
  user: Pick<User, 'secretVersion'>,
): boolean {
  return secretVersionOf(user) < serverKeys.version;
}

/** @throws {AppError} `conflict` for a secret of which there is no share (any more): what is wrapped with it would not open. */
export function requireShare({ serverKeys }: Pick<Deps, 'serverKeys'>, version: number): void {
  if (serverKeys.hasShare(version)) return;
  throw new AppError('conflict', 'Our server was just updated. Please try again.');
}
