import { friendCodeInput, friendNameInput } from '#core/schemas/friends.ts';
import { savePinsInput } from '#core/schemas/sealed.ts';
import { privateProcedure, router } from '../trpc.ts';
import { acceptFriend, declineFriend, removeFriend, setBlocked } from './answer-request.ts';
import { listFriends } from './list-friends.ts';
import { loadFriendKeys, loadPins } from './pinned-keys.ts';
import { renewCode } from './renew-code.ts';
import { lookUpCode, requestFriend } from './request-friend.ts';
import { requireFriend } from './require-friend.ts';

/** Codes are guarded against guessing by account and by address, whether they are looked at or used. */
const codeProcedure = privateProcedure.input(friendCodeInput).use(async ({ ctx, next }) => {
  await ctx.limits.count('friend code by account', ctx.actor.userId);
  await ctx.limits.count('friend code by address', ctx.clientAddress);
  return next();
});

export const friendRouter = router({
  /** Friends, requests waiting for an answer, requests made, and who is blocked. */
  list: privateProcedure.query(({ ctx }) => listFriends(ctx, ctx.actor)),

  /** Your own friend code: ten characters, no hyphen. */
  myCode: privateProcedure.query(async ({ ctx }) => {
    const user = await ctx.stores.users.findById(ctx.actor.userId);
    return { code: user?.friendCode ?? '' };
  }),

  /** Whose code it is, and how the two of you stand. */
  lookUp: codeProcedure.query(({ ctx, input }) => lookUpCode(ctx, ctx.actor, input.code)),

  /** Asks the owner of a code to be friends. */
  request: codeProcedure.mutation(({ ctx, input }) => requestFriend(ctx, ctx.actor, input.code)),

  /** Accepts a request. */
  accept: privateProcedure
    .input(friendNameInput)
    .mutation(({ ctx, input }) => acceptFriend(ctx, ctx.actor, input.username)),

  /** Declines a request; they are not told. */
  decline: privateProcedure
    .input(friendNameInput)
    .mutation(({ ctx, input }) => declineFriend(ctx, ctx.actor, input.username)),

  /** Blocks a friend or somebody who asked; they are not told. */
  block: privateProcedure
    .input(friendNameInput)
    .mutation(({ ctx, input }) => setBlocked(ctx, ctx.actor, input.username, true)),

  /** Unblocks somebody. */
  unblock: privateProcedure
    .input(friendNameInput)
    .mutation(({ ctx, input }) => setBlocked(ctx, ctx.actor, input.username, false)),

  /** Makes a new friend code; the old one stops working at once. */
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

  /** The current keys of all friends, and the pins to compare them with. */
  allKeys: privateProcedure.query(({ ctx }) => loadFriendKeys(ctx, ctx.actor)),

  /** The keys this person has seen of their friends, sealed to themselves. */
  pins: privateProcedure.query(({ ctx }) => loadPins(ctx, ctx.actor)),

  /** Saves them over the version that was loaded; `saved` is false if another device was first. */
  savePins: privateProcedure.input(savePinsInput).mutation(async ({ ctx, input }) => {
    await ctx.limits.count('pins by account', ctx.actor.userId);
    const { pins, version, next } = input;
    return { saved: await ctx.stores.users.savePins(ctx.actor.userId, pins, version, next) };
  }),

  /** Withdraws a request, or ends a friendship. */
  remove: privateProcedure
    .input(friendNameInput)
    .mutation(({ ctx, input }) => removeFriend(ctx, ctx.actor, input.username)),
});
