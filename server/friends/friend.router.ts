import { friendCodeInput, friendNameInput } from '#core/schemas/friends.ts';
import { savePinsInput } from '#core/schemas/sealed.ts';
import { privateProcedure, publicProcedure, router } from '../trpc.ts';
import { acceptFriend, declineFriend, removeFriend, setBlocked } from './answer-request.ts';
import { markFriendSeen, readFriendNews } from './friend-news.ts';
import { listFriends } from './list-friends.ts';
import { loadFriendKeys, loadPins } from './pinned-keys.ts';
import { readInvitation } from './read-invitation.ts';
import { renewCode } from './renew-code.ts';
import { lookUpCode, requestFriend } from './request-friend.ts';
import { requireFriend } from './require-friend.ts';

/** Guards codes against guessing, by account and by address. */
const codeProcedure = privateProcedure.input(friendCodeInput).use(async ({ ctx, next }) => {
  await ctx.limits.count('friend code by account', ctx.actor.userId);
  await ctx.limits.count('friend code by address', ctx.clientAddress);
  return next();
});

export const friendRouter = router({
  /** Friends, incoming and outgoing requests, and blocked users. */
  list: privateProcedure.query(({ ctx }) => listFriends(ctx, ctx.actor)),

  /** Requests that wait for your answer, and friends who have accepted yours since you looked. */
  news: privateProcedure.query(({ ctx }) => readFriendNews(ctx, ctx.actor)),

  /** Records that you have seen that a friend accepted your request. */
  markSeen: privateProcedure
    .input(friendNameInput)
    .mutation(({ ctx, input }) => markFriendSeen(ctx, ctx.actor, input.username)),

  /** Your own friend code: ten characters, no hyphen. */
  myCode: privateProcedure.query(async ({ ctx }) => {
    const user = await ctx.stores.users.findById(ctx.actor.userId);
    return { code: user?.friendCode ?? '' };
  }),

  /** The display name of a friend code's owner, for visitors who have no account yet. */
  invitation: publicProcedure.input(friendCodeInput).query(async ({ ctx, input }) => {
    await ctx.limits.count('invitation by address', ctx.clientAddress);
    return readInvitation(ctx, input.code);
  }),

  /** The owner of a friend code, and your relationship with them. */
  lookUp: codeProcedure.query(({ ctx, input }) => lookUpCode(ctx, ctx.actor, input.code)),

  /** Sends a friend request to the owner of a code. */
  request: codeProcedure.mutation(({ ctx, input }) => requestFriend(ctx, ctx.actor, input.code)),

  /** Accepts a request. */
  accept: privateProcedure
    .input(friendNameInput)
    .mutation(({ ctx, input }) => acceptFriend(ctx, ctx.actor, input.username)),

  /** Declines a request without notifying the user who sent it. */
  decline: privateProcedure
    .input(friendNameInput)
    .mutation(({ ctx, input }) => declineFriend(ctx, ctx.actor, input.username)),

  /** Blocks a friend, or a user who sent a request, without notifying them. */
  block: privateProcedure
    .input(friendNameInput)
    .mutation(({ ctx, input }) => setBlocked(ctx, ctx.actor, input.username, true)),

  /** Unblocks a user. */
  unblock: privateProcedure
    .input(friendNameInput)
    .mutation(({ ctx, input }) => setBlocked(ctx, ctx.actor, input.username, false)),

  /** Creates a new friend code; the old one stops working at once. */
  renewCode: privateProcedure.mutation(async ({ ctx }) => {
    await ctx.limits.count('friend code by account', ctx.actor.userId);
    return { code: await renewCode(ctx, ctx.actor) };
  }),

  /** A friend's current key, to seal to and to compare with the pinned one. */
  keys: privateProcedure.input(friendNameInput).query(async ({ ctx, input }) => {
    const friend = await requireFriend(ctx, ctx.actor, input.username);
    const { id: userId, username, displayName, identityPublicKey: publicKey, keyEpoch: epoch } = friend;
    return { userId, username, displayName, publicKey, epoch };
  }),

  /** The current keys of all friends, and your pins to compare them with. */
  allKeys: privateProcedure.query(({ ctx }) => loadFriendKeys(ctx, ctx.actor)),

  /** The friends' keys you have pinned, sealed to yourself. */
  pins: privateProcedure.query(({ ctx }) => loadPins(ctx, ctx.actor)),

  /**
   * Saves the pins over the version that was loaded. `saved` is false if another device saved
   * first.
   */
  savePins: privateProcedure.input(savePinsInput).mutation(async ({ ctx, input }) => {
    await ctx.limits.count('pins by account', ctx.actor.userId);
    const { pins, version, next } = input;
    return { saved: await ctx.stores.users.savePins(ctx.actor.userId, pins, version, next) };
  }),

  /** Ends a friendship, or cancels your request. */
  remove: privateProcedure
    .input(friendNameInput)
    .mutation(({ ctx, input }) => removeFriend(ctx, ctx.actor, input.username)),
});
