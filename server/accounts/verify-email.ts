import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { findLink, spentLink } from './claim-link.ts';
import { forgetUnconfirmedMail } from './count-unconfirmed-mail.ts';

/** What a verification link is about. */
export interface LinkedAddress {
  username: string;
  email: string;
  /** Whether the address is confirmed already. */
  confirmed: boolean;
}

/**
 * What a verification link is about, without using it.
 *
 * @throws {AppError} `not-found` for a link that is unknown, expired, replaced by a newer one, or for another address.
 */
export async function findAddress(deps: Deps, token: string): Promise<LinkedAddress> {
  const { username, email, emailVerifiedAt } = await findLink(deps, 'verify-email', token);
  return { username, email, confirmed: emailVerifiedAt !== null };
}

/**
 * Marks an account's address as verified; a second time says that it is. Of two people who gave the same address only the
 * first to follow a link has it.
 *
 * @throws {AppError} `not-found` as {@link findAddress}.
 */
export async function verifyEmail(
  deps: Deps,
  token: string,
): Promise<{ username: string; already: boolean }> {
  const user = await findLink(deps, 'verify-email', token);
  if (user.emailVerifiedAt) return { username: user.username, already: true };
  if (!(await deps.stores.users.markEmailVerified(user.id, deps.now()))) throw spentLink();
  return { username: user.username, already: false };
}

/**
 * The owner of a mailbox says that an account is not theirs: its links die, and no more are mailed there for it.
 *
 * @throws {AppError} `not-found` as {@link findAddress}; `conflict` when the address was confirmed.
 */
export async function refuseAddress(deps: Deps, token: string): Promise<void> {
  const user = await findLink(deps, 'verify-email', token);
  if (user.emailVerifiedAt) {
    throw new AppError(
      'conflict',
      'This address was already confirmed, so the account stays. Log in to manage it.',
    );
  }
  await deps.stores.users.setAddressTrouble(user.id, user.email, 'not-mine');
  await deps.stores.tokens.deleteByUser(user.id, 'verify-email');
  await forgetUnconfirmedMail(deps, user.email);
}
