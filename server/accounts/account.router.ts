import { z } from 'zod';
import {
  confirmWordsInput,
  correctAddressInput,
  joinInput,
  linkToken,
  logInInput,
} from '#core/schemas/accounts.ts';
import {
  changePasswordInput,
  forgotInput,
  passwordInput,
  resetInput,
  startAfreshInput,
} from '#core/schemas/recovery.ts';
import {
  anyName,
  changePasswordSealedInput,
  confirmWordsSealedInput,
  joinSealedInput,
  logInSealedInput,
  openKeysInput,
  openResetInput,
  renewWordsSealedInput,
  resetSealedInput,
  setAssistedInput,
  startAfreshSealedInput,
} from '#core/schemas/sealed-accounts.ts';
import type { Context } from '../context.ts';
import { factorsOf } from '../second-factor/factors-of.ts';
import { joiningProcedure, privateProcedure, publicProcedure, router } from '../trpc.ts';
import { changePassword, renewWords } from './change-password.ts';
import {
  changePasswordSealed,
  openKeys,
  renewWordsSealed,
  upgradePasswordSealed,
} from './change-password-sealed.ts';
import { claimLink, findLink } from './claim-link.ts';
import { confirmWords, confirmWordsSealed } from './confirm-words.ts';
import { correctAddress, readAddress, resendLink } from './correct-address.ts';
import { join } from './join.ts';
import { beginJoin, joinSealed } from './join-sealed.ts';
import { knownDevice } from './known-device.ts';
import { logIn } from './log-in.ts';
import { logInSealed } from './log-in-sealed.ts';
import { passwordKdf } from './password-kdf.ts';
import { requestReset, resetPassword, startAfresh } from './reset-password.ts';
import { beginAfresh, openReset, resetSealed, startAfreshSealed } from './reset-sealed.ts';
import { setAssisted } from './set-assisted.ts';
import { findAddress, refuseAddress, verifyEmail } from './verify-email.ts';

/** One try at a log-in, counted; with a new session, the one that was brought along ends, whoever gave it that. */
async function guarded<Result extends object>(
  ctx: Context,
  username: string,
  logInNow: () => Promise<Result>,
): Promise<Result> {
  const device = await knownDevice(ctx, username, ctx.device);
  const result = await ctx.limits.guardLogIn({ username, address: ctx.clientAddress, device }, logInNow);
  if (ctx.actor && 'token' in result) await ctx.stores.sessions.deleteById(ctx.actor.sessionId);
  return result;
}

/** For a link in a mail: its reader need not be logged in. */
const verificationProcedure = publicProcedure
  .input(z.object({ token: linkToken }))
  .use(async ({ ctx, next }) => {
    await ctx.limits.count('verification by address', ctx.clientAddress);
    return next();
  });

export const accountRouter = router({
  /** Who is logged in, or null. `stage` is `joining` while the recovery words are to be confirmed. */
  me: publicProcedure.query(({ ctx }) =>
    ctx.actor
      ? {
          username: ctx.actor.username,
          displayName: ctx.actor.displayName,
          stage: ctx.actor.stage,
          mode: ctx.actor.mode,
          /** When this account is to be deleted; null unless its owner asked for it. */
          deleteAt: ctx.actor.deleteAt,
          timeZone: ctx.actor.timeZone,
          locale: ctx.actor.locale,
          wordsOutstanding: ctx.actor.wordsOutstanding,
        }
      : null,
  ),

  /** Creates an account. The session it starts can only see and confirm the recovery words. */
  join: publicProcedure.input(joinInput).mutation(async ({ ctx, input }) => {
    await ctx.limits.count('join by address', ctx.clientAddress);
    return join(ctx, input, ctx);
  }),

  /** The twelve recovery words still to be confirmed, or null. */
  recoveryWords: joiningProcedure.query(({ ctx }) => ctx.actor.recoveryWords()),

  /** Confirms two of the recovery words, and has the verification mail sent. */
  confirmWords: joiningProcedure
    .input(confirmWordsInput)
    .mutation(({ ctx, input }) => confirmWords(ctx, ctx.actor, input)),

  /** The account and address a verification link is about. Nothing is used up. */
  checkVerification: verificationProcedure.query(({ ctx, input }) => findAddress(ctx, input.token)),

  /** Confirms the address of a verification link; `already` if it was confirmed before. */
  verifyEmail: verificationProcedure.mutation(({ ctx, input }) => verifyEmail(ctx, input.token)),

  /** For the owner of an address that somebody else has joined with: no more mails go there for that account. */
  refuseAddress: verificationProcedure.mutation(({ ctx, input }) => refuseAddress(ctx, input.token)),

  /** The address of somebody who has just joined, and whether mail reaches it. */
  address: joiningProcedure.query(({ ctx }) => readAddress(ctx, ctx.actor)),

  /** Mails the verification link once more; older ones stop working. */
  resendLink: joiningProcedure.mutation(({ ctx }) => resendLink(ctx, ctx.actor)),

  /** Replaces an address that was never confirmed, and mails a link to the right one. */
  correctAddress: joiningProcedure
    .input(correctAddressInput)
    .mutation(({ ctx, input }) => correctAddress(ctx, ctx.actor, input.email)),

  /** Checks name and password. The token is the session: a cookie's value or a bearer token. */
  logIn: publicProcedure.input(logInInput).mutation(async ({ ctx, input }) => {
    return guarded(ctx, input.username, () => logIn(ctx, input, ctx));
  }),

  /** Mails a reset link to the owner of a verified address. The answer is the same for an unknown address. */
  requestReset: publicProcedure.input(forgotInput).mutation(async ({ ctx, input }) => {
    await ctx.limits.count('reset by address', ctx.clientAddress);
    await requestReset(ctx, input.email);
  }),

  /**
   * Whether a reset link still works, whether it needs a second-factor code, and whether the account forbids assisted
   * mode. Nothing is used up.
   */
  checkReset: publicProcedure.input(z.object({ token: linkToken })).query(async ({ ctx, input }) => {
    await ctx.limits.count('reset link by address', ctx.clientAddress);
    const user = await findLink(ctx, 'reset-password', input.token);
    const { on } = await factorsOf(ctx, user.id);
    const { username, assistedForbiddenAt } = user;
    return { username, asksForCode: on, assistedForbidden: assistedForbiddenAt !== null };
  }),

  /** For somebody who did not ask for the reset link they were mailed: it stops working. */
  refuseReset: publicProcedure.input(z.object({ token: linkToken })).mutation(async ({ ctx, input }) => {
    await ctx.limits.count('reset link by address', ctx.clientAddress);
    await claimLink(ctx, 'reset-password', input.token);
  }),

  /** Sets a new password with the recovery words. Starts a session in which new words wait. */
  resetPassword: publicProcedure.input(resetInput).mutation(async ({ ctx, input }) => {
    await ctx.limits.count('reset by address', ctx.clientAddress);
    await ctx.limits.count('reset by token', input.token);
    return resetPassword(ctx, input, ctx);
  }),

  /** Makes fresh keys without the words; old letters stay sealed. Starts a session in which new words wait. */
  startAfresh: publicProcedure.input(startAfreshInput).mutation(async ({ ctx, input }) => {
    await ctx.limits.count('reset by address', ctx.clientAddress);
    return startAfresh(ctx, input, ctx);
  }),

  /** Sets a new password for somebody who knows the old one; other devices are logged out. */
  changePassword: privateProcedure
    .input(changePasswordInput)
    .mutation(({ ctx, input }) => changePassword(ctx, ctx.actor, input)),

  /** Makes new recovery words, which are then read with `recoveryWords` and confirmed. */
  renewWords: privateProcedure
    .input(passwordInput)
    .mutation(({ ctx, input }) => renewWords(ctx, ctx.actor, input.current)),

  /** The salt and cost of a user's password; made up for an unknown name. */
  kdf: publicProcedure.input(z.object({ username: anyName })).query(async ({ ctx, input }) => {
    await ctx.limits.count('key parameters by address', ctx.clientAddress);
    return passwordKdf(ctx, input.username, await ctx.stores.users.findByUsername(input.username));
  }),

  /** Checks the key that the password was turned into, and returns the wrapped keys. */
  logInSealed: publicProcedure.input(logInSealedInput).mutation(async ({ ctx, input }) => {
    return guarded(ctx, input.username, () => logInSealed(ctx, input, ctx));
  }),

  /** The id and key share for a new account. */
  beginJoin: publicProcedure.mutation(async ({ ctx }) => {
    await ctx.limits.count('join ticket by address', ctx.clientAddress);
    return beginJoin(ctx);
  }),

  /** Creates an account whose keys were made in the browser. */
  joinSealed: publicProcedure.input(joinSealedInput).mutation(async ({ ctx, input }) => {
    await ctx.limits.count('join by address', ctx.clientAddress);
    return joinSealed(ctx, input, ctx);
  }),

  /** Confirms recovery words that only the browser has, and has the verification mail sent. */
  confirmWordsSealed: joiningProcedure
    .input(confirmWordsSealedInput)
    .mutation(({ ctx, input }) => confirmWordsSealed(ctx, ctx.actor, input.authKey)),

  /** The wrapped master key once more, for somebody who proves the password, so that the browser can wrap it anew. */
  openKeys: joiningProcedure
    .input(openKeysInput)
    .mutation(({ ctx, input }) => openKeys(ctx, ctx.actor, input)),

  /** Sets a new password that was sealed in the browser; other devices are logged out. */
  changePasswordSealed: privateProcedure
    .input(changePasswordSealedInput)
    .mutation(({ ctx, input }) => changePasswordSealed(ctx, ctx.actor, input)),

  /** Keeps the same password at today's cost. */
  upgradePasswordSealed: privateProcedure
    .input(changePasswordSealedInput)
    .mutation(({ ctx, input }) => upgradePasswordSealed(ctx, ctx.actor, input)),

  /** Stores new recovery words that were made in the browser, even if the first ones were never confirmed. */
  renewWordsSealed: joiningProcedure
    .input(renewWordsSealedInput)
    .mutation(({ ctx, input }) => renewWordsSealed(ctx, ctx.actor, input)),

  /** The wrapped master key, for somebody with the reset link and the words. */
  openReset: publicProcedure.input(openResetInput).mutation(async ({ ctx, input }) => {
    await ctx.limits.count('reset by address', ctx.clientAddress);
    await ctx.limits.count('reset by token', input.token);
    return openReset(ctx, input);
  }),

  /** Sets a new password and new words that were sealed in the browser. */
  resetSealed: publicProcedure.input(resetSealedInput).mutation(async ({ ctx, input }) => {
    await ctx.limits.count('reset by address', ctx.clientAddress);
    await ctx.limits.count('reset by token', input.token);
    return resetSealed(ctx, input, ctx);
  }),

  /** Whose fresh keys are to be made, and the key share for them. */
  beginAfresh: publicProcedure.input(z.object({ token: linkToken })).mutation(async ({ ctx, input }) => {
    await ctx.limits.count('reset by address', ctx.clientAddress);
    return beginAfresh(ctx, input.token);
  }),

  /** Stores fresh keys that were made in the browser; old letters stay sealed. */
  startAfreshSealed: publicProcedure.input(startAfreshSealedInput).mutation(async ({ ctx, input }) => {
    await ctx.limits.count('reset by address', ctx.clientAddress);
    return startAfreshSealed(ctx, input, ctx);
  }),

  /** Whether this account forbids assisted mode. */
  assisted: privateProcedure.query(async ({ ctx }) => {
    const user = await ctx.stores.users.findById(ctx.actor.userId);
    return { forbidden: user?.assistedForbiddenAt != null };
  }),

  /** Forbids or allows assisted mode. */
  setAssisted: privateProcedure
    .input(setAssistedInput)
    .mutation(({ ctx, input }) => setAssisted(ctx, ctx.actor, input, ctx)),

  /** Ends this session, if there is one. */
  logOut: publicProcedure.mutation(async ({ ctx }) => {
    if (ctx.actor) await ctx.stores.sessions.deleteById(ctx.actor.sessionId);
  }),
});
