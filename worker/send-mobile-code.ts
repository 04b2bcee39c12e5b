import type { z } from 'zod';
import { MINUTE } from '#core/durations.ts';
import { codeDigits } from '#core/schemas/notifications.ts';
import { mobileCodeMac } from '#server/notifications/mobile-code-mac.ts';
import type { mobileCodeSend } from '#server/notifications/notification.jobs.ts';
import { UnrecoverableError } from '#server/queue/queue.ts';
import { SmsRefused } from '#server/sms/sms-sender.ts';
import { mobileCodeText } from '#server/sms/templates/mobile-code.ts';
import { checkTextLater } from './check-text.ts';
import type { WorkerDeps } from './deps.ts';

/**
 * Texts a new code for a request to its number, at most once. Makes the code here and stores only
 * its HMAC, so that no queue and no database has it.
 */
export async function sendMobileCode(
  deps: Pick<WorkerDeps, 'stores' | 'queue' | 'sms' | 'serverKeys' | 'log' | 'now' | 'env'>,
  { userId, requestId }: z.infer<typeof mobileCodeSend.payload>,
): Promise<string> {
  const { mobileCodes } = deps.stores;
  const request = await mobileCodes.find(userId);
  if (request?.requestId !== requestId) return 'replaced';
  const now = deps.now();
  const left = request.expiresAt.getTime() - now.getTime();
  // Too short to receive a text, go to the page and type the code.
  if (left < MINUTE) return 'too late';
  if (!deps.sms) return 'no texts here';

  const code = newCode();
  const codeMac = await mobileCodeMac(deps.serverKeys, request, code);
  if (!(await mobileCodes.claim(userId, requestId, codeMac, now))) return 'sent by another';
  try {
    const textId = await deps.sms.send({
      to: request.mobile,
      text: mobileCodeText({ code, validMinutes: Math.round(left / MINUTE), appUrl: deps.env.APP_URL }),
    });
    await checkTextLater(deps, userId, textId);
  } catch (error) {
    if (!(error instanceof SmsRefused)) {
      await mobileCodes.release(userId, requestId, codeMac);
      throw error;
    }
    if (error.reason === 'other') throw new UnrecoverableError(error.message);
    await mobileCodes.refuse(userId, requestId, error.reason);
    deps.log.info('mobile code refused', { userId, reason: error.reason });
    return 'refused';
  }
  deps.log.info('mobile code sent', { userId });
  return 'sent';
}

/**
 * Draws a code of six digits, all equally likely: values that would favour low codes are drawn
 * again.
 */
function newCode(): string {
  const codes = 10 ** codeDigits;
  const fair = 2 ** 32 - (2 ** 32 % codes);
  for (;;) {
    const [drawn = fair] = crypto.getRandomValues(new Uint32Array(1));
    if (drawn < fair) return String(drawn % codes).padStart(codeDigits, '0');
  }
}
