import { invitationIdInput, invitationTokenInput } from '#core/schemas/friends.ts';
import { privateProcedure, publicProcedure, router } from '../trpc.ts';
import { acceptInvitation, openInvitation, readInvitationToken } from './accept-invitation.ts';
import { listInvitations, makeInvitation, revokeInvitation } from './make-invitation.ts';

/** Guards tokens against guessing, as friend codes. */
const tokenProcedure = privateProcedure.input(invitationTokenInput).use(async ({ ctx, next }) => {
  await ctx.limits.count('invitation token by account', ctx.actor.userId);
  await ctx.limits.count('invitation by address', ctx.clientAddress);
  return next();
});

export const invitationRouter = router({
  /**
   * Makes a one-time invitation, which works for 14 days. Its token is returned only here; the link
   * is `/friends/join/TOKEN#FINGERPRINT`, with the fingerprint of your own key.
   */
  create: privateProcedure.mutation(async ({ ctx }) => {
    await ctx.limits.count('invitations made by account', ctx.actor.userId);
    return makeInvitation(ctx, ctx.actor);
  }),

  /** Your invitations that nobody has accepted, the latest first. */
  list: privateProcedure.query(({ ctx }) => listInvitations(ctx, ctx.actor)),

  /** Revokes one of your invitations; its link stops working at once. */
  revoke: privateProcedure
    .input(invitationIdInput)
    .mutation(({ ctx, input }) => revokeInvitation(ctx, ctx.actor, input.id)),

  /** The display name of who made an invitation, for visitors who have no account yet. */
  read: publicProcedure.input(invitationTokenInput).query(async ({ ctx, input }) => {
    await ctx.limits.count('invitation by address', ctx.clientAddress);
    return readInvitationToken(ctx, input.token);
  }),

  /**
   * Who made an invitation, with their key and your relationship with them. Compare the key with
   * the link's fingerprint before you accept.
   */
  open: tokenProcedure.query(({ ctx, input }) => openInvitation(ctx, ctx.actor, input.token)),

  /** Accepts an invitation: you are friends at once, and it is used up. */
  accept: tokenProcedure.mutation(({ ctx, input }) => acceptInvitation(ctx, ctx.actor, input.token)),
});
