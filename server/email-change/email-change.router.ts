import { z } from 'zod';
import { linkToken } from '#core/schemas/accounts.ts';
import { requestEmailChangeInput } from '#core/schemas/email-change.ts';
import { privateProcedure, publicProcedure, router } from '../trpc.ts';
import { agreeToChange, findChange, refuseChange } from './answer-email-change.ts';
import { cancelEmailChange, readEmailChange } from './read-email-change.ts';
import { requestEmailChange } from './request-email-change.ts';

/** Takes the token of a mailed link; the reader need not be logged in. */
const linkProcedure = publicProcedure.input(z.object({ token: linkToken })).use(async ({ ctx, next }) => {
  await ctx.limits.count('e-mail change link by address', ctx.clientAddress);
  return next();
});

export const emailChangeRouter = router({
  /** The current address and, if a change is under way, the new one. */
  state: privateProcedure.query(({ ctx }) => readEmailChange(ctx, ctx.actor)),

  /** Mails both addresses a link to approve the new one. */
  request: privateProcedure
    .input(requestEmailChangeInput)
    .mutation(({ ctx, input }) => requestEmailChange(ctx, ctx.actor, input)),

  /** Cancels the change. */
  cancel: privateProcedure.mutation(({ ctx }) => cancelEmailChange(ctx, ctx.actor)),

  /** The change that a mailed link belongs to. Does not use the link up. */
  check: linkProcedure.query(({ ctx, input }) => findChange(ctx, input.token)),

  /** Approves the change from one of the two mailboxes. Once both have, the address changes. */
  agree: linkProcedure.mutation(({ ctx, input }) => agreeToChange(ctx, input.token)),

  /** Declines the change from one of the two mailboxes. */
  refuse: linkProcedure.mutation(({ ctx, input }) => refuseChange(ctx, input.token)),
});
