import { newsInput } from '#core/schemas/news.ts';
import { privateProcedure, router } from '../trpc.ts';
import { readNews } from './read-news.ts';

export const newsRouter = router({
  /**
   * How many letters and friend requests wait for you, with a tag of that state. Null if the tag is
   * `known`: nothing has changed. `opening` is a letter to leave out.
   */
  read: privateProcedure.input(newsInput.optional()).query(async ({ ctx, input }) => {
    if (input?.known !== undefined) await ctx.limits.count('news by account', ctx.actor.userId);
    return readNews(ctx, ctx.actor, input);
  }),
});
