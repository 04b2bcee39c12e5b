import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { SECOND } from '#core/durations.ts';
import type { EventKind } from '#core/schemas/activity.ts';
import { knownDevice } from './accounts/known-device.ts';
import { requestAccountMail } from './accounts/request-account-mail.ts';
import { sessionHash } from './accounts/start-session.ts';
import { originOf, recordEvent } from './audit/record-event.ts';
import type { Context } from './context.ts';
import type { AppError } from './errors.ts';
import { describeError } from './log.ts';

/**
 * Procedures whose every success is recorded in the activity list, however they are called.
 * Services record events that happen only sometimes.
 */
const events: Record<string, EventKind> = {
  'accounts.changePassword': 'password-changed',
  'accounts.changePasswordSealed': 'password-changed',
  'accounts.resetPassword': 'password-reset',
  'accounts.resetSealed': 'password-reset',
  'accounts.resetWithoutRecovery': 'keys-renewed',
  'accounts.resetWithoutRecoverySealed': 'keys-renewed',
  'accounts.upgradePasswordSealed': 'password-strengthened',
  'accounts.renewRecoveryPhrase': 'words-renewed',
  'accounts.renewRecoveryPhraseSealed': 'words-renewed',
  'accounts.confirmRecoveryPhrase': 'words-confirmed',
  'accounts.confirmRecoveryPhraseSealed': 'words-confirmed',
  'notifications.confirmMobile': 'mobile-changed',
  'notifications.removeMobile': 'mobile-changed',
};

/** An answer that starts a session contains its token; a login's also has an outcome. */
const started = z.object({ token: z.string(), outcome: z.string().optional() });

/** Records the event of a procedure, if it has one. Never throws. */
export async function recordCall(ctx: Context, path: string, answer: unknown): Promise<void> {
  const session = started.safeParse(answer).data;
  const kind = events[path] ?? (session?.outcome === 'logged-in' ? 'logged-in' : null);
  if (!kind) return;
  try {
    const userId = (session && (await ownerOf(ctx, session.token))) ?? ctx.actor?.userId;
    if (!userId) return;
    if (kind === 'logged-in' && (await isNewDevice(ctx, userId))) {
      // The list is ordered by time: the device comes before its login.
      await recordEvent(ctx, userId, 'new-device', ctx, new Date(ctx.now().getTime() - 1));
      await requestAccountMail(ctx, userId, 'new-device');
    }
    await recordEvent(ctx, userId, kind, ctx);
  } catch (error) {
    ctx.log.error('call not recorded', { kind, ...describeError(error) });
  }
}

/** How long after its answer a refused login is recorded, ms. */
const NOTED_AFTER_MS = SECOND;

/**
 * Records a refused login, at most ten an hour for one account. Starts long after the answer, so
 * that neither its timing nor that of concurrent work reveals whether the account exists.
 */
export function recordRefusal(
  ctx: Context,
  path: string,
  refusal: AppError,
  getInput: () => Promise<unknown>,
): void {
  if (!/^accounts\.logIn(Sealed)?$/.test(path) || refusal.code !== 'unauthenticated') return;
  noteRefusal(ctx, getInput).catch((error) => {
    ctx.log.error('refused log-in not recorded', describeError(error));
  });
}

async function noteRefusal(ctx: Context, getInput: () => Promise<unknown>): Promise<void> {
  await wait(NOTED_AFTER_MS, undefined, { ref: false });
  const typed = z.object({ username: z.string().trim().toLowerCase().max(200) });
  const input = typed.safeParse(await getInput()).data;
  const user = input && (await ctx.stores.users.findByUsername(input.username));
  if (!user) return;
  try {
    await ctx.limits.count('failed log-in noted by account', user.id);
  } catch {
    return;
  }
  await recordEvent(ctx, user.id, 'log-in-failed', ctx);
}

async function ownerOf(ctx: Context, token: string): Promise<string | undefined> {
  const session = await ctx.stores.sessions.findByTokenHash(await sessionHash(ctx, token));
  return session?.userId;
}

/**
 * Whether a login comes from a new device: one without a known device name, from a device and
 * address not seen in the last 90 days or since the credentials last changed. The very first login
 * is not new.
 */
async function isNewDevice(ctx: Context, userId: string): Promise<boolean> {
  const { users, audit } = ctx.stores;
  const user = await users.findById(userId);
  if (!user || (await knownDevice(ctx, user.username, ctx.device))) return false;
  const since = user.credentialsSince ?? undefined;
  if (await audit.has(userId, 'logged-in', { ...originOf(ctx), since })) return false;
  return audit.has(userId, 'logged-in');
}
