import { z } from 'zod';
import { linkToken } from '#core/schemas/accounts.ts';
import { requestEmailChangeInput } from '#core/schemas/email-change.ts';
import { privateProcedure, publicProcedure, router } from '../trpc.ts';
import { agreeToChange, findChange, refuseChange } from './answer-email-change.ts';
import { cancelEmailChange, readEmailChange } from './read-email-change.ts';
import { requestEmailChange } from './request-email-change.ts';

/** A link in one of the two mails: whoever reads there need not be logged in. */
const byLink = publicProcedure.input(z.object({ token: linkToken })).use(async ({ ctx, next }) => {
  await ctx.limits.count('e-mail change link by address', ctx.clientAddress);
  return next();
});

export const emailChangeRouter = router({
  /** The address that is used now, and the one it is to be, if any. */
  state: privateProcedure.query(({ ctx }) => readEmailChange(ctx, ctx.actor)),

  /** Asks both mailboxes whether the address may be another one. */
  request: privateProcedure
    .input(requestEmailChangeInput)
    .mutation(({ ctx, input }) => requestEmailChange(ctx, ctx.actor, input)),

  /** Calls it off. */
  cancel: privateProcedure.mutation(({ ctx }) => cancelEmailChange(ctx, ctx.actor)),

  /** What a link is about; nothing is used up. */
  check: byLink.query(({ ctx, input }) => findChange(ctx, input.token)),

  /** The side whose link it is agrees. */
  agree: byLink.mutation(({ ctx, input }) => agreeToChange(ctx, input.token)),

  /** The side whose link it is calls the change off. */
  refuse: byLink.mutation(({ ctx, input }) => refuseChange(ctx, input.token)),
});
