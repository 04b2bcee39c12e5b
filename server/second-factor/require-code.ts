import type { Deps } from '../deps.ts';
import { factorsOf } from './factors-of.ts';
import { codeRefused, type From, spendCode } from './spend-code.ts';

/**
 * Requires a code where the password alone, or a mailed link, is not enough. Does nothing for a
 * user without a second factor.
 *
 * @throws {AppError} `invalid-input` on `code` when it is missing or wrong.
 */
export async function requireCode(
  deps: Deps,
  userId: string,
  code: string | undefined,
  from: From,
): Promise<void> {
  const { on } = await factorsOf(deps, userId);
  if (!on) return;
  if (!code?.trim()) {
    throw codeRefused('Your account also asks for a code: from your app, or one of your one-time codes.');
  }
  await spendCode(deps, userId, code, from);
}
