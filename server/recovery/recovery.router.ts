import { z } from 'zod';
import { linkToken } from '#core/schemas/accounts.ts';
import { forgotInput, resetInput, resetWithoutRecoveryInput } from '#core/schemas/recovery.ts';
import {
  openResetInput,
  resetSealedInput,
  resetWithoutRecoverySealedInput,
} from '#core/schemas/sealed-accounts.ts';
import { claimLink, findLink } from '../accounts/claim-link.ts';
import { factorsOf } from '../second-factor/factors-of.ts';
import { publicProcedure, router } from '../trpc.ts';
import { requestReset, resetPassword, resetWithoutRecovery } from './reset-password.ts';
import {
  beginResetWithoutRecovery,
  openReset,
  resetSealed,
  resetWithoutRecoverySealed,
} from './reset-sealed.ts';

/** The recovery's part of `accounts`: a forgotten password. */
export const recoveryRouter = router({
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
  resetWithoutRecovery: publicProcedure.input(resetWithoutRecoveryInput).mutation(async ({ ctx, input }) => {
    await ctx.limits.count('reset by address', ctx.clientAddress);
    return resetWithoutRecovery(ctx, input, ctx);
  }),

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
  beginResetWithoutRecovery: publicProcedure
    .input(z.object({ token: linkToken }))
    .mutation(async ({ ctx, input }) => {
      await ctx.limits.count('reset by address', ctx.clientAddress);
      return beginResetWithoutRecovery(ctx, input.token);
    }),

  /** Stores fresh keys that were made in the browser; old letters stay sealed. */
  resetWithoutRecoverySealed: publicProcedure
    .input(resetWithoutRecoverySealedInput)
    .mutation(async ({ ctx, input }) => {
      await ctx.limits.count('reset by address', ctx.clientAddress);
      return resetWithoutRecoverySealed(ctx, input, ctx);
    }),
});
