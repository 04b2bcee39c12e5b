import type { z } from 'zod';
import { accountMail } from '#server/accounts/account.jobs.ts';
import { accountDelete, accountsSweep } from '#server/deletion/deletion.jobs.ts';
import { emailChangeMail } from '#server/email-change/email-change.jobs.ts';
import { feedbackMail } from '#server/feedback/feedback.jobs.ts';
import { friendNotify } from '#server/friends/friend.jobs.ts';
import { letterDeliver, outboxSweep } from '#server/letters/letter.jobs.ts';
import {
  letterNotifyEmail,
  letterNotifySms,
  mobileCodeSend,
  noticesDigest,
  smsOutcome,
} from '#server/notifications/notification.jobs.ts';
import { draftCollect, photosCollect } from '#server/photos/photo.jobs.ts';
import type { JobDefinition } from '#server/queue/define-job.ts';
import { type Processor, UnrecoverableError } from '#server/queue/queue.ts';
import { letterStamp } from '#server/stamps/stamp.jobs.ts';
import { checkText } from './check-text.ts';
import { collectDraft, collectPhotos } from './collect-photos.ts';
import { deleteAccount } from './delete-account.ts';
import { deliverLetter } from './deliver-letter.ts';
import type { WorkerDeps } from './deps.ts';
import { mailFeedback } from './mail-feedback.ts';
import { notifyByEmail } from './notify-by-email.ts';
import { notifyBySms } from './notify-by-sms.ts';
import { notifyFriend } from './notify-friend.ts';
import { paintStamp } from './paint-stamp.ts';
import { sendAccountMail } from './send-account-mail.ts';
import { sendDigest } from './send-digest.ts';
import { sendEmailChange } from './send-email-change.ts';
import { sendMobileCode } from './send-mobile-code.ts';
import { sweepAccounts } from './sweep-accounts.ts';
import { sweepOutbox } from './sweep-outbox.ts';

type Handler = (deps: WorkerDeps, data: unknown) => Promise<string>;

/**
 * Checks the payload before its handler runs. A wrong shape fails for good, since retries would
 * have it, too.
 */
function handle<Payload extends z.ZodType>(
  { name, payload }: JobDefinition<string, Payload>,
  handler: (deps: WorkerDeps, data: z.output<Payload>) => Promise<string>,
): [string, Handler] {
  return [
    name,
    (deps, data) => {
      const parsed = payload.safeParse(data);
      if (!parsed.success) throw new UnrecoverableError(`The payload of ${name} has the wrong shape.`);
      return handler(deps, parsed.data);
    },
  ];
}

const handlers = new Map([
  handle(letterDeliver, deliverLetter),
  handle(letterNotifyEmail, notifyByEmail),
  handle(letterNotifySms, notifyBySms),
  handle(noticesDigest, sendDigest),
  handle(friendNotify, notifyFriend),
  handle(mobileCodeSend, sendMobileCode),
  handle(smsOutcome, checkText),
  handle(letterStamp, paintStamp),
  handle(accountMail, sendAccountMail),
  handle(emailChangeMail, sendEmailChange),
  handle(feedbackMail, mailFeedback),
  handle(accountDelete, deleteAccount),
  handle(accountsSweep, sweepAccounts),
  handle(outboxSweep, sweepOutbox),
  handle(photosCollect, collectPhotos),
  handle(draftCollect, collectDraft),
]);

/**
 * Creates the processor that finds a job's handler; the same for every engine. The returned text
 * describes the result, without content.
 */
export function createProcessor(deps: WorkerDeps): Processor {
  return async (job) => {
    const handler = handlers.get(job.name);
    if (!handler) throw new UnrecoverableError(`There is no handler for ${job.name}.`);
    return handler(deps, job.data);
  };
}
