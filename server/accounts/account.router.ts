import { z } from 'zod';
import { confirmWordsInput, joinInput, linkToken, logInInput } from '#core/schemas/accounts.ts';
import { joiningProcedure, publicProcedure, router } from '../trpc.ts';
import { confirmWords } from './confirm-words.ts';
import { join } from './join.ts';
import { logIn } from './log-in.ts';
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
    const account = `${input.username}@${ctx.clientAddress}`;
    await ctx.limits.count('log-in by address', ctx.clientAddress);
    await ctx.limits.count('log-in by account', account);
    const result = await logIn(ctx, input, ctx);
    await ctx.limits.forget('log-in by account', account);
    return result;
  }),

  /** Ends this session, if there is one. */
  logOut: publicProcedure.mutation(async ({ ctx }) => {
    if (ctx.actor) await ctx.stores.sessions.deleteById(ctx.actor.sessionId);
  }),
});
