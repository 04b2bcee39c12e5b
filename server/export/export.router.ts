import { beginExportInput } from '#core/schemas/export.ts';
import { accountBytes } from '../memory/answer-sizes.ts';
import { largeAnswer, privateProcedure, router } from '../trpc.ts';
import { beginExport } from './begin-export.ts';
import { describeAccount } from './describe-account.ts';

export const exportRouter = router({
  /** Checks the password before an export and records the export as an event. */
  begin: privateProcedure
    .input(beginExportInput)
    .mutation(({ ctx, input }) => beginExport(ctx, ctx.actor, input, ctx)),

  /** The plaintext data stored about this user, for `exportFiles` in core. */
  account: privateProcedure.use(largeAnswer(accountBytes)).query(async ({ ctx }) => {
    await ctx.limits.count('account read by account', ctx.actor.userId);
    return describeAccount(ctx, ctx.actor);
  }),
});
