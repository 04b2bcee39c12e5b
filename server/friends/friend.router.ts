import { friendCodeInput, friendNameInput } from '#core/schemas/friends.ts';
import { privateProcedure, router } from '../trpc.ts';
import { acceptFriend, removeFriend } from './answer-request.ts';
import { listFriends } from './list-friends.ts';
import { lookUpCode, requestFriend } from './request-friend.ts';

/** Codes are guarded against guessing by account and by address, whether they are looked at or used. */
const codeProcedure = privateProcedure.input(friendCodeInput).use(async ({ ctx, next }) => {
  await ctx.limits.count('friend code by account', ctx.actor.userId);
  await ctx.limits.count('friend code by address', ctx.clientAddress);
  return next();
});

export const friendRouter = router({
  /** Friends, requests waiting for an answer, and requests made. */
  list: privateProcedure.query(({ ctx }) => listFriends(ctx, ctx.actor)),

  /** One's own friend code, ten characters without a hyphen. */
  myCode: privateProcedure.query(async ({ ctx }) => {
    const user = await ctx.stores.users.findById(ctx.actor.userId);
    return { code: user?.friendCode ?? '' };
  }),

  /** Whose code this is, and how the two stand. */
  lookUp: codeProcedure.query(({ ctx, input }) => lookUpCode(ctx, ctx.actor, input.code)),

  /** Asks the owner of a code to be friends. */
  request: codeProcedure.mutation(({ ctx, input }) => requestFriend(ctx, ctx.actor, input.code)),

  accept: privateProcedure
    .input(friendNameInput)
    .mutation(({ ctx, input }) => acceptFriend(ctx, ctx.actor, input.username)),

  /** Declines, takes back, or ends a friendship. */
  remove: privateProcedure
    .input(friendNameInput)
    .mutation(({ ctx, input }) => removeFriend(ctx, ctx.actor, input.username)),
});
