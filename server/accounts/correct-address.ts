import { HOUR } from '#core/durations.ts';
import { newId } from '#core/id.ts';
import type { AddressTrouble } from '#core/schemas/accounts.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { describeError } from '../log.ts';
import { enqueue } from '../queue/enqueue.ts';
import { accountMail } from './account.jobs.ts';
import { countVerificationMail } from './request-account-mail.ts';
import type { User } from './user.store.ts';

/** How long after proving the password a user may correct the address, ms. */
const PROVEN_MS = HOUR;

export async function readAddress(
  deps: Deps,
  actor: Actor,
): Promise<{ email: string; confirmed: boolean; trouble: AddressTrouble | null }> {
  const { email, emailVerifiedAt, addressTrouble } = await requireUser(deps, actor);
  return { email, confirmed: emailVerifiedAt !== null, trouble: addressTrouble };
}

/**
 * Mails a new link to the address; older links stop working.
 *
 * @throws {AppError} `conflict` when the address is confirmed, or its owner says it is not theirs;
 *   `too-many-requests`; `unavailable` when no mail can be sent.
 */
export async function resendLink(deps: Deps, actor: Actor): Promise<void> {
  const user = await requireUnconfirmed(deps, actor);
  if (user.addressTrouble === 'not-mine') {
    const message = 'The person at this address says the account isn’t theirs. Enter your own address.';
    throw new AppError('conflict', message, { fields: { email: message } });
  }
  await countVerificationMail(deps, user);
  await deps.stores.users.setAddressTrouble(user.id, user.email, null);
  await mailLink(deps, user.id);
}

/**
 * Corrects a mistyped address and mails a link to it, for a user who has just proven the password.
 * Links to the old address stop working.
 *
 * @throws {AppError} `forbidden` when the password was proven too long ago; otherwise as {@link
 *   resendLink}.
 */
export async function correctAddress(deps: Deps, actor: Actor, email: string): Promise<void> {
  const user = await requireUnconfirmed(deps, actor);
  await requireJustProven(deps, actor);
  if (email === user.email) return resendLink(deps, actor);
  await countVerificationMail(deps, { id: user.id, email });
  if (!(await deps.stores.users.correctEmail(user.id, user.email, email))) throw confirmedAlready();
  await deps.stores.tokens.deleteByUser(user.id, 'verify-email');
  await mailLink(deps, user.id);
}

async function requireUser(deps: Deps, actor: Actor): Promise<User> {
  const user = await deps.stores.users.findById(actor.userId);
  if (!user) throw new AppError('unauthenticated', 'Please log in first.');
  return user;
}

async function requireUnconfirmed(deps: Deps, actor: Actor): Promise<User> {
  const user = await requireUser(deps, actor);
  if (user.emailVerifiedAt) throw confirmedAlready();
  return user;
}

async function requireJustProven(deps: Deps, actor: Actor): Promise<void> {
  const sessions = await deps.stores.sessions.listByUser(actor.userId);
  const begun = sessions.find(({ id }) => id === actor.sessionId)?.createdAt.getTime() ?? 0;
  if (deps.now().getTime() - begun < PROVEN_MS) return;
  throw new AppError('forbidden', 'You logged in a while ago. Log in again, then correct the address.');
}

/** A separate job, so that one for the previous address does not deduplicate it. */
async function mailLink(deps: Deps, userId: string): Promise<void> {
  const deduplication = { id: `account.mail.verify-email.${userId}.${newId()}` };
  try {
    await enqueue(deps.queue, accountMail, { userId, kind: 'verify-email' }, { deduplication });
  } catch (error) {
    deps.log.error('account mail not enqueued', { kind: 'verify-email', ...describeError(error) });
    throw new AppError('unavailable', 'We can’t send email right now. Please try again in a few minutes.');
  }
}

function confirmedAlready(): AppError {
  return new AppError('conflict', 'Your address is confirmed. Log in to continue.');
}
