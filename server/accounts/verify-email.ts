import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { findLink, spentLink } from './claim-link.ts';
import { forgetUnconfirmedMail } from './count-unconfirmed-mail.ts';

export interface LinkedAddress {
  username: string;
  email: string;
  confirmed: boolean;
}

/**
 * Reads the account and address of a verification link, without using it up.
 *
 * @throws {AppError} `not-found` for a link that is unknown, expired, replaced by a newer one, or
 *   for another address.
 */
export async function findAddress(deps: Deps, token: string): Promise<LinkedAddress> {
  const { username, email, emailVerifiedAt } = await findLink(deps, 'verify-email', token);
  return { username, email, confirmed: emailVerifiedAt !== null };
}

/**
 * Marks an account's address as verified; `already` if it was. Of two users with the same address,
 * the first to open a link gets it.
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
 * Records that the mailbox owner did not create the account: invalidates its links and stops mails
 * to that address.
 *
 * @throws {AppError} `not-found` as {@link findAddress}; `conflict` when the address was confirmed.
 */
export async function refuseAddress(deps: Deps, token: string): Promise<void> {
  const user = await findLink(deps, 'verify-email', token);
  if (user.emailVerifiedAt) {
    throw new AppError(
      'conflict',
      'This address was already confirmed, so we can’t undo that here. If the account isn’t yours, please write to us.',
    );
  }
  await deps.stores.users.setAddressTrouble(user.id, user.email, 'not-mine');
  await deps.stores.tokens.deleteByUser(user.id, 'verify-email');
  await forgetUnconfirmedMail(deps, user.email);
}
