import { feedbackInput } from '#core/schemas/feedback.ts';
import { publicProcedure, router } from '../trpc.ts';
import { giveFeedback } from './give-feedback.ts';

export const feedbackRouter = router({
  /** Accepts feedback, also without a login. */
  give: publicProcedure.input(feedbackInput).mutation(async ({ ctx, input }) => {
    await ctx.limits.count('feedback by address', ctx.clientAddress);
    if (ctx.actor) await ctx.limits.count('feedback by account', ctx.actor.userId);
    await giveFeedback(ctx, ctx.actor, input);
  }),
});
