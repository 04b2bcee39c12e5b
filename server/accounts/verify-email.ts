import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';

/**
 * Uses up the token of a verification link and marks its account's address as verified. Works once; of two people who
 * gave the same address only the first to follow a link has it.
 *
 * @throws {AppError} `not-found` for a token that is unknown, used, expired or meant for something else.
 */
export async function verifyEmail(deps: Deps, token: string): Promise<{ username: string }> {
  const hash = await deps.serverKeys.hashToken(`verify-email:${token}`);
  const claimed = await deps.stores.tokens.consume(hash, 'verify-email', deps.now());
  const user = claimed && (await deps.stores.users.findById(claimed.userId));
  if (!user || !(await deps.stores.users.markEmailVerified(user.id, deps.now()))) {
    throw new AppError('not-found', 'This link was used already or is too old. Log in to get a new one.');
  }
  return { username: user.username };
}
