import { normalizeFriendCode } from '#core/id.ts';
import { withSecret } from '#core/with-secret.ts';
import { recordEvent } from '../audit/record-event.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { networkOf } from '../limits/network-of.ts';
import { changeFactor } from './change-factor.ts';
import { oneTimeCodeMacs } from './one-time-codes.ts';
import { totpStepOf } from './totp.ts';

export interface From {
  clientAddress: string;
  userAgent: string;
}

/**
 * Accepts a code from the user's app or one of their one-time codes, and uses it up: of several
 * concurrent callers with the same code, one succeeds.
 *
 * Attempts are limited by account and address; those at the app's short codes also by account. An
 * attacker with the password can exhaust these limits but not lock the owner out: one-time codes
 * and passkeys still work.
 *
 * @throws {AppError} `invalid-input` on `code` when it is wrong or used, or the attempts at app
 *   codes are used up; `too-many-requests`.
 */
export async function spendCode(deps: Deps, userId: string, typed: string, from: From): Promise<void> {
  const clientKey = clientKeyOf(userId, from);
  await deps.limits.count('second factor from a place', clientKey);
  const digits = typed.replace(/[\s\p{Pd}]/gu, '');
  const taken = /^\d{6}$/.test(digits)
    ? await spendTotp(deps, userId, digits)
    : await spendOneTimeCode(deps, userId, typed, from);
  if (taken !== 'taken') {
    await recordEvent(deps, userId, 'second-factor-failed', from);
    throw codeRefused(sentences[taken]);
  }
  await deps.limits.forget('second factor from a place', clientKey);
}

/** The key to rate-limit codes by: an account, from one network. */
export function clientKeyOf(userId: string, { clientAddress }: Pick<From, 'clientAddress'>): string {
  return `${userId}@${networkOf(clientAddress)}`;
}

const sentences = {
  wrong: 'That code isn’t right. Enter the one your app shows now, or an unused one-time code.',
  'used-before': 'This code was already used. Wait for the next one in your app.',
};
type Outcome = 'taken' | keyof typeof sentences;

async function spendTotp(deps: Deps, userId: string, code: string): Promise<Outcome> {
  await countAppCode(deps, userId);
  return changeFactor<Outcome>(deps, userId, async ({ totpSecret, totpStep }) => {
    if (!totpSecret) return { result: 'wrong' };
    const opened = deps.serverKeys.openTotpSecret(userId, totpSecret);
    const step = await withSecret(opened, (secret) => totpStepOf(secret, code, deps.now()));
    if (step === null) return { result: 'wrong' };
    if (totpStep !== null && step <= totpStep) return { result: 'used-before' };
    return { result: 'taken', fields: { totpStep: step } };
  });
}

async function spendOneTimeCode(deps: Deps, userId: string, typed: string, from: From): Promise<Outcome> {
  const code = normalizeFriendCode(typed);
  if (!code) return 'wrong';
  const macs = await oneTimeCodeMacs(deps.serverKeys, userId, code);
  const outcome = await changeFactor<Outcome>(deps, userId, ({ codeMacs }) => {
    const left = codeMacs.filter((mac) => !macs.includes(mac));
    if (left.length === codeMacs.length) return { result: 'wrong' };
    return { result: 'taken', fields: { codeMacs: left } };
  });
  if (outcome === 'taken') await recordEvent(deps, userId, 'code-used', from);
  return outcome;
}

async function countAppCode(deps: Deps, userId: string): Promise<void> {
  try {
    await deps.limits.count('authenticator code by account', userId);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new AppError(
      'too-many-requests',
      'Too many app codes were tried for this account today. Use a one-time code or a passkey instead.',
      { retryAfterS: error.retryAfterS },
    );
  }
}

export function codeRefused(message: string): AppError {
  return new AppError('invalid-input', message, { fields: { code: message } });
}
