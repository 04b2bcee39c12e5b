import { z } from 'zod';
import { confirmWordsInput, joinInput, linkToken, logInInput } from '#core/schemas/accounts.ts';
import {
  changePasswordInput,
  forgotInput,
  passwordInput,
  resetInput,
  startAfreshInput,
} from '#core/schemas/recovery.ts';
import { joiningProcedure, privateProcedure, publicProcedure, router } from '../trpc.ts';
import { changePassword, renewWords } from './change-password.ts';
import { findLink } from './claim-link.ts';
import { confirmWords } from './confirm-words.ts';
import { join } from './join.ts';
import { knownDevice } from './known-device.ts';
import { logIn } from './log-in.ts';
import { requestReset, resetPassword, startAfresh } from './reset-password.ts';
import { verifyEmail } from './verify-email.ts';

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
        }
      : null,
  ),

  /** Makes an account; the session it starts sees nothing but the recovery words. */
  join: publicProcedure.input(joinInput).mutation(async ({ ctx, input }) => {
    await ctx.limits.count('join by address', ctx.clientAddress);
    return join(ctx, input, ctx);
  }),

  /** The twelve recovery words still to be confirmed, or null. */
  recoveryWords: joiningProcedure.query(({ ctx }) => ctx.actor.recoveryWords()),

  /** Confirms two of the recovery words; the verification mail goes out. */
  confirmWords: joiningProcedure
    .input(confirmWordsInput)
    .mutation(({ ctx, input }) => confirmWords(ctx, ctx.actor, input)),

  /** Uses up a verification link's token. */
  verifyEmail: publicProcedure.input(z.object({ token: linkToken })).mutation(async ({ ctx, input }) => {
    await ctx.limits.count('verification by address', ctx.clientAddress);
    return verifyEmail(ctx, input.token);
  }),

  /** Checks name and password. The token is the session: a cookie's value or a bearer token. */
  logIn: publicProcedure.input(logInInput).mutation(async ({ ctx, input }) => {
    const device = await knownDevice(ctx, input.username, ctx.device);
    const attempt = { username: input.username, address: ctx.clientAddress, device };
    const result = await ctx.limits.guardLogIn(attempt, () => logIn(ctx, input, ctx));
    // The browser has a new session now: the one it brought along ends, whoever gave it that.
    if (ctx.actor && 'token' in result) await ctx.stores.sessions.deleteById(ctx.actor.sessionId);
    return result;
  }),

  /** Has a reset link mailed to the owner of a verified address. The answer is the same for an unknown one. */
  requestReset: publicProcedure.input(forgotInput).mutation(async ({ ctx, input }) => {
    await ctx.limits.count('reset by address', ctx.clientAddress);
    await requestReset(ctx, input.email);
  }),

  /** Whether a reset link still works; nothing is used up. */
  checkReset: publicProcedure.input(z.object({ token: linkToken })).query(async ({ ctx, input }) => {
    await ctx.limits.count('reset link by address', ctx.clientAddress);
    await findLink(ctx, 'reset-password', input.token);
  }),

  /** A new password with the recovery words; starts a session in which new words wait. */
  resetPassword: publicProcedure.input(resetInput).mutation(async ({ ctx, input }) => {
    await ctx.limits.count('reset by address', ctx.clientAddress);
    await ctx.limits.count('reset by token', input.token);
    return resetPassword(ctx, input, ctx);
  }),

  /** Fresh keys without the words: old letters stay sealed. Starts a session in which new words wait. */
  startAfresh: publicProcedure.input(startAfreshInput).mutation(async ({ ctx, input }) => {
    await ctx.limits.count('reset by address', ctx.clientAddress);
    return startAfresh(ctx, input, ctx);
  }),

  /** A new password for somebody who knows the old one; other devices are logged out. */
  changePassword: privateProcedure
    .input(changePasswordInput)
    .mutation(({ ctx, input }) => changePassword(ctx, ctx.actor, input)),

  /** New recovery words; they are then to be read with `recoveryWords` and confirmed. */
  renewWords: privateProcedure
    .input(passwordInput)
    .mutation(({ ctx, input }) => renewWords(ctx, ctx.actor, input.current)),

  /** Ends this session, if there is one. */
  logOut: publicProcedure.mutation(async ({ ctx }) => {
    if (ctx.actor) await ctx.stores.sessions.deleteById(ctx.actor.sessionId);
  }),
});
