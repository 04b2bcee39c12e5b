import { encodeUtf8, equalBytes } from '#core/bytes.ts';
import type { Actor } from '../actor.ts';
import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import type { MobileCode } from './mobile-code.store.ts';
import { mobileCodeMacs } from './mobile-code-mac.ts';

/**
 * Confirms a mobile number with the code that was texted to it; texts about letters then go there.
 * A code allows five attempts, even concurrent ones, and works once.
 *
 * @param code six digits
 * @throws {AppError} `invalid-input` naming `code`: wrong, expired, used up, or for another number
 */
export async function confirmMobile(ctx: Context, actor: Actor, code: string): Promise<void> {
  await ctx.limits.count('mobile code tried by account', actor.userId);
  const { users, notificationSettings, mobileCodes } = ctx.stores;
  const [sent, user] = await Promise.all([mobileCodes.find(actor.userId), users.findById(actor.userId)]);
  if (!sent || sent.expiresAt <= ctx.now() || user?.mobile !== sent.mobile) {
    throw refusal('This code has expired. Ask for a new one.');
  }
  if (sent.triesLeft < 1) throw refusal('You’ve used all five tries. Ask for a new code.');
  if (!sent.codeMac) throw refusal('The code is still on its way. Wait for the text message.');
  if (!(await mobileCodes.spendTry(sent))) throw refusal('Two attempts came in at once. Please try again.');

  const kept = encodeUtf8(sent.codeMac);
  const macs = await mobileCodeMacs(ctx.serverKeys, sent, code);
  if (!macs.some((mac) => equalBytes(encodeUtf8(mac), kept))) throw refusal(wrongCode(sent));
  if (!(await mobileCodes.consume(sent))) throw refusal('This code was already used.');
  await notificationSettings.save(actor.userId, { verifiedMobile: sent.mobile, sms: 'on' }, ctx.now());
  ctx.log.info('mobile confirmed', { userId: actor.userId });
}

function wrongCode({ triesLeft }: MobileCode): string {
  const left = triesLeft - 1;
  if (left === 0) return 'That’s not the code, and it was your last try. Ask for a new code.';
  return `That’s not the code. Check the latest text message; you have ${left === 1 ? 'one more try' : `${left} more tries`}.`;
}

function refusal(message: string): AppError {
  return new AppError('invalid-input', message, { fields: { code: message } });
}
