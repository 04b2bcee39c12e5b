import { activityInput } from '#core/schemas/activity.ts';
import { privateProcedure, router } from '../trpc.ts';
import { listActivity } from './list-activity.ts';

export const auditRouter = router({
  /** Events of this account in the last 90 days, newest first, paged. */
  list: privateProcedure
    .input(activityInput)
    .query(({ ctx, input }) => listActivity(ctx, ctx.actor, input.cursor)),
});
