import type { Deps } from '../deps.ts';
import { claimLink, spentLink } from './claim-link.ts';

/**
 * Uses up a verification link and marks its account's address as verified. Of two people who gave the same address
 * only the first to follow a link has it.
 *
 * @throws {AppError} `not-found` for a link that is unknown, used, expired or meant for something else.
 */
export async function verifyEmail(deps: Deps, token: string): Promise<{ username: string }> {
  const user = await claimLink(deps, 'verify-email', token);
  if (!(await deps.stores.users.markEmailVerified(user.id, deps.now()))) throw spentLink();
  return { username: user.username };
}
