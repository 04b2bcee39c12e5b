import type { z } from 'zod';
import { randomBytes, toBase64Url } from '#core/bytes.ts';
import { dateLocaleOf, writeDate } from '#core/dates/write-date.ts';
import { HOUR } from '#core/durations.ts';
import { newId } from '#core/id.ts';
import { limits } from '#core/schemas/limits.ts';
import type { AccountMailKind, accountMail } from '#server/accounts/account.jobs.ts';
import { type LinkPurpose, linkAddressHash, linkHash } from '#server/accounts/claim-link.ts';
import type { User } from '#server/accounts/user.store.ts';
import type { Mail } from '#server/mail/mailer.ts';
import { addressInUse } from '#server/mail/templates/address-in-use.ts';
import { deletionAsked } from '#server/mail/templates/deletion-asked.ts';
import { newDevice } from '#server/mail/templates/new-device.ts';
import { passwordChanged } from '#server/mail/templates/password-changed.ts';
import { resetPasswordMail } from '#server/mail/templates/reset-password.ts';
import { secondFactorChanged } from '#server/mail/templates/second-factor-changed.ts';
import { type SecurityChange, securityChanged } from '#server/mail/templates/security-changed.ts';
import { verifyEmailMail } from '#server/mail/templates/verify-email.ts';
import { zoneOf } from '#server/notifications/plan-notifications.ts';
import { UnrecoverableError } from '#server/queue/queue.ts';
import type { WorkerDeps } from './deps.ts';
import { sendMail } from './send-mail.ts';

type MailDeps = Pick<WorkerDeps, 'stores' | 'mailer' | 'serverKeys' | 'log' | 'now' | 'env'>;

const verifyHours = 24;

const changed =
  (change: SecurityChange) =>
  async ({ env }: MailDeps, { email: to, username, emailVerifiedAt }: User) =>
    emailVerifiedAt ? securityChanged({ to, username, change, appUrl: env.APP_URL }) : null;

/** Composes each kind of mail, or null when it has become pointless. */
const compose: Record<AccountMailKind, (deps: MailDeps, user: User) => Promise<Mail | null>> = {
  'verify-email': async (deps, user) => {
    if (user.emailVerifiedAt || user.addressTrouble === 'not-mine') return null;
    const appUrl = deps.env.APP_URL;
    const owner = await deps.stores.users.findByEmail(user.email);
    if (owner?.emailVerifiedAt) return addressInUse({ to: user.email, ownerName: owner.username, appUrl });
    const token = await newToken(deps, user, 'verify-email', verifyHours);
    return verifyEmailMail({
      to: user.email,
      username: user.username,
      token,
      validHours: verifyHours,
      appUrl,
    });
  },
  'reset-password': async (deps, user) => {
    if (!user.emailVerifiedAt) return null;
    const token = await newToken(deps, user, 'reset-password', limits.resetLinkHours);
    const appUrl = deps.env.APP_URL;
    return resetPasswordMail({
      to: user.email,
      username: user.username,
      token,
      validHours: limits.resetLinkHours,
      appUrl,
    });
  },
  'password-changed': async (deps, user) =>
    user.emailVerifiedAt
      ? passwordChanged({ to: user.email, username: user.username, appUrl: deps.env.APP_URL })
      : null,
  'new-device': async (deps, user) => {
    const { items } = await deps.stores.audit.list(user.id, { limit: 20 });
    const event = items.find(({ kind }) => kind === 'new-device');
    if (!event || !user.emailVerifiedAt) return null;
    const [zone, locale] = [zoneOf(user), dateLocaleOf(user.locale)];
    return newDevice({
      to: user.email,
      username: user.username,
      when: writeDate(event.at, zone, locale, 'full'),
      device: event.device,
      address: event.address,
      appUrl: deps.env.APP_URL,
    });
  },
  'second-factor-changed': async (deps, { email: to, username }) =>
    secondFactorChanged({ to, username, appUrl: deps.env.APP_URL }),
  'words-renewed': changed('words-renewed'),
  'password-strengthened': changed('password-strengthened'),
  'assisted-forbidden': changed('assisted-forbidden'),
  'assisted-allowed': changed('assisted-allowed'),
  'deletion-asked': async (deps, { email: to, username, deleteAt }) =>
    deleteAt ? deletionAsked({ to, username, deleteAt, appUrl: deps.env.APP_URL }) : null,
};

/**
 * Mails a user about their account. Makes the single-use token here, so that it is in no queue. The
 * token of a failed attempt was never seen, and expires.
 */
export async function sendAccountMail(
  deps: MailDeps,
  { userId, kind }: z.infer<typeof accountMail.payload>,
): Promise<string> {
  const user = await deps.stores.users.findById(userId);
  const mail = user && (await compose[kind](deps, user));
  if (!mail) return 'nothing to say';
  try {
    await sendMail(deps, mail);
  } catch (error) {
    // The page where a new user waits for the mail shows the problem.
    if (error instanceof UnrecoverableError && kind === 'verify-email')
      await deps.stores.users.setAddressTrouble(user.id, mail.to, 'bounced');
    throw error;
  }
  deps.log.info('account mail sent', { userId, kind });
  return 'sent';
}

/** Makes a token and invalidates older ones of its purpose. */
async function newToken(deps: MailDeps, user: User, purpose: LinkPurpose, hours: number): Promise<string> {
  const token = toBase64Url(randomBytes(32));
  const createdAt = deps.now();
  await deps.stores.tokens.deleteByUser(user.id, purpose);
  await deps.stores.tokens.insert({
    id: newId(),
    hash: await linkHash(deps, purpose, token),
    purpose,
    userId: user.id,
    address: await linkAddressHash(deps, user.email),
    createdAt,
    expiresAt: new Date(createdAt.getTime() + hours * HOUR),
  });
  return token;
}
