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

export const recoveryRouter = router({
  /**
   * Mails a reset link to the owner of a verified address. The answer is the same for an unknown
   * address.
   */
  requestReset: publicProcedure.input(forgotInput).mutation(async ({ ctx, input }) => {
    await ctx.limits.count('reset by address', ctx.clientAddress);
    await requestReset(ctx, input.email);
  }),

  /**
   * Whether a reset link still works, whether it needs a second-factor code, and whether the
   * account forbids assisted mode. Does not use the link up.
   */
  checkReset: publicProcedure.input(z.object({ token: linkToken })).query(async ({ ctx, input }) => {
    await ctx.limits.count('reset link by address', ctx.clientAddress);
    const user = await findLink(ctx, 'reset-password', input.token);
    const { on } = await factorsOf(ctx, user.id);
    const { username, assistedForbiddenAt } = user;
    return { username, asksForCode: on, assistedForbidden: assistedForbiddenAt !== null };
  }),

  /** Invalidates a reset link, for a reader who did not ask for it. */
  refuseReset: publicProcedure.input(z.object({ token: linkToken })).mutation(async ({ ctx, input }) => {
    await ctx.limits.count('reset link by address', ctx.clientAddress);
    await claimLink(ctx, 'reset-password', input.token);
  }),

  /**
   * Sets a new password, given the recovery words. Starts a session with new recovery words to
   * confirm.
   */
  resetPassword: publicProcedure.input(resetInput).mutation(async ({ ctx, input }) => {
    await ctx.limits.count('reset by address', ctx.clientAddress);
    await ctx.limits.count('reset by token', input.token);
    return resetPassword(ctx, input, ctx);
  }),

  /**
   * Creates new keys without the recovery words; old letters stay sealed for good. Starts a session
   * with new recovery words to confirm.
   */
  resetWithoutRecovery: publicProcedure.input(resetWithoutRecoveryInput).mutation(async ({ ctx, input }) => {
    await ctx.limits.count('reset by address', ctx.clientAddress);
    return resetWithoutRecovery(ctx, input, ctx);
  }),

  /** The wrapped master key, given the reset link and the recovery words. */
  openReset: publicProcedure.input(openResetInput).mutation(async ({ ctx, input }) => {
    await ctx.limits.count('reset by address', ctx.clientAddress);
    await ctx.limits.count('reset by token', input.token);
    return openReset(ctx, input);
  }),

  /** Sets a new password and new recovery words that were sealed in the browser. */
  resetSealed: publicProcedure.input(resetSealedInput).mutation(async ({ ctx, input }) => {
    await ctx.limits.count('reset by address', ctx.clientAddress);
    await ctx.limits.count('reset by token', input.token);
    return resetSealed(ctx, input, ctx);
  }),

  /** The account id to make new keys for, and the server's key share. */
  beginResetWithoutRecovery: publicProcedure
    .input(z.object({ token: linkToken }))
    .mutation(async ({ ctx, input }) => {
      await ctx.limits.count('reset by address', ctx.clientAddress);
      return beginResetWithoutRecovery(ctx, input.token);
    }),

  /** Stores new keys that were made in the browser; old letters stay sealed for good. */
  resetWithoutRecoverySealed: publicProcedure
    .input(resetWithoutRecoverySealedInput)
    .mutation(async ({ ctx, input }) => {
      await ctx.limits.count('reset by address', ctx.clientAddress);
      return resetWithoutRecoverySealed(ctx, input, ctx);
    }),
});
