import type { Deps } from '../deps.ts';
import { factorsOf } from './factors-of.ts';
import { codeRefused, type From, spendCode } from './spend-code.ts';

/**
 * Asks for a code where the password alone, or a link in a mail, must not be enough. Somebody without a second factor is let
 * through.
 *
 * @throws {AppError} `invalid-input` on `code` when one is wanted and there is none, or a wrong one.
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
