import { z } from 'zod';
import { linkToken } from '#core/schemas/accounts.ts';
import { requestEmailChangeInput } from '#core/schemas/email-change.ts';
import { privateProcedure, publicProcedure, router } from '../trpc.ts';
import { agreeToChange, findChange, refuseChange } from './answer-email-change.ts';
import { cancelEmailChange, readEmailChange } from './read-email-change.ts';
import { requestEmailChange } from './request-email-change.ts';

/** For a link in one of the two mails: its reader need not be logged in. */
const linkProcedure = publicProcedure.input(z.object({ token: linkToken })).use(async ({ ctx, next }) => {
  await ctx.limits.count('e-mail change link by address', ctx.clientAddress);
  return next();
});

export const emailChangeRouter = router({
  /** The current address and, if a change is under way, the new one. */
  state: privateProcedure.query(({ ctx }) => readEmailChange(ctx, ctx.actor)),

  /** Asks both mailboxes to agree to a new address. */
  request: privateProcedure
    .input(requestEmailChangeInput)
    .mutation(({ ctx, input }) => requestEmailChange(ctx, ctx.actor, input)),

  /** Cancels the change. */
  cancel: privateProcedure.mutation(({ ctx }) => cancelEmailChange(ctx, ctx.actor)),

  /** What the link in one of the two mails is about. Nothing is used up. */
  check: linkProcedure.query(({ ctx, input }) => findChange(ctx, input.token)),

  /** Agrees to the change from one of the two mailboxes. */
  agree: linkProcedure.mutation(({ ctx, input }) => agreeToChange(ctx, input.token)),

  /** Refuses the change from one of the two mailboxes. */
  refuse: linkProcedure.mutation(({ ctx, input }) => refuseChange(ctx, input.token)),
});
