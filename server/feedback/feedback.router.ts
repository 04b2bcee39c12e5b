import { feedbackInput } from '#core/schemas/feedback.ts';
import { publicProcedure, router } from '../trpc.ts';
import { giveFeedback } from './give-feedback.ts';

export const feedbackRouter = router({
  /** Takes feedback from anybody, logged in or not. */
  give: publicProcedure.input(feedbackInput).mutation(async ({ ctx, input }) => {
    await ctx.limits.count('feedback by address', ctx.clientAddress);
    if (ctx.actor) await ctx.limits.count('feedback by account', ctx.actor.userId);
    await giveFeedback(ctx, ctx.actor, input);
  }),
});
