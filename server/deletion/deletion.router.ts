import { askDeletionInput } from '#core/schemas/deletion.ts';
import { privateProcedure, router } from '../trpc.ts';
import { askDeletion } from './ask-deletion.ts';
import { cancelDeletion } from './cancel-deletion.ts';

export const deletionRouter = router({
  /** Schedules the account for deletion in a week; `accounts.me` has the date. */
  ask: privateProcedure
    .input(askDeletionInput)
    .mutation(({ ctx, input }) => askDeletion(ctx, ctx.actor, input, ctx)),

  /** Cancels the scheduled deletion. */
  cancel: privateProcedure.mutation(({ ctx }) => cancelDeletion(ctx, ctx.actor, ctx)),
});
