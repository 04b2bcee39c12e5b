import { z } from 'zod';
import { logInInput } from '#core/schemas/accounts.ts';
import { anyName, logInSealedInput } from '#core/schemas/sealed-accounts.ts';
import { factorCode, logInChallenge, passkeyAnswer } from '#core/schemas/second-factor.ts';
import { knownDevice } from '../accounts/known-device.ts';
import { passwordKdf } from '../accounts/password-kdf.ts';
import type { Context } from '../context.ts';
import { publicProcedure, router } from '../trpc.ts';
import { askForPasskey, giveCode, givePasskey, readWanted } from './give-factor.ts';
import { logIn } from './log-in.ts';
import { logInSealed } from './log-in-sealed.ts';

const challenge = { challenge: logInChallenge };

/**
 * Runs and counts one login attempt. A new session ends the one the request came with, against
 * session fixation.
 */
async function guarded<Result extends object>(
  ctx: Context,
  username: string,
  logInNow: () => Promise<Result>,
): Promise<Result> {
  const device = await knownDevice(ctx, username, ctx.device);
  const result = await ctx.limits.guardLogIn({ username, address: ctx.clientAddress, device }, logInNow);
  if (ctx.actor && 'token' in result) await ctx.stores.sessions.deleteById(ctx.actor.sessionId);
  return result;
}

export const logInRouter = router({
  /** The salt and cost of a user's password. Made up for an unknown name. */
  kdf: publicProcedure.input(z.object({ username: anyName })).query(async ({ ctx, input }) => {
    await ctx.limits.count('key parameters by address', ctx.clientAddress);
    return passwordKdf(ctx, input.username, await ctx.stores.users.findByUsername(input.username));
  }),

  /** Checks name and password. The token is the session: a cookie's value or a bearer token. */
  logIn: publicProcedure.input(logInInput).mutation(async ({ ctx, input }) => {
    return guarded(ctx, input.username, () => logIn(ctx, input, ctx));
  }),

  /** Checks the key derived from the password and returns the wrapped keys. */
  logInSealed: publicProcedure.input(logInSealedInput).mutation(async ({ ctx, input }) => {
    return guarded(ctx, input.username, () => logInSealed(ctx, input, ctx));
  }),

  /** Ends this session, if there is one. */
  logOut: publicProcedure.mutation(async ({ ctx }) => {
    if (ctx.actor) await ctx.stores.sessions.deleteById(ctx.actor.sessionId);
  }),
});

export const logInFactorRouter = router({
  /** The second factors that can complete a pending login. */
  wanted: publicProcedure.input(z.object(challenge)).query(async ({ ctx, input }) => {
    await ctx.limits.count('log-in by address', ctx.clientAddress);
    return readWanted(ctx, input.challenge);
  }),

  /** Completes a pending login with a code from the app or a one-time code. */
  giveCode: publicProcedure
    .input(z.object({ ...challenge, code: factorCode }))
    .mutation(async ({ ctx, input }) => {
      await ctx.limits.count('log-in by address', ctx.clientAddress);
      return giveCode(ctx, input);
    }),

  /** The options for asking a passkey (PublicKeyCredentialRequestOptionsJSON). */
  askForPasskey: publicProcedure.input(z.object(challenge)).mutation(async ({ ctx, input }) => {
    await ctx.limits.count('log-in by address', ctx.clientAddress);
    return askForPasskey(ctx, input.challenge);
  }),

  /** Completes a pending login with the passkey's answer. */
  givePasskey: publicProcedure
    .input(z.object({ ...challenge, answer: passkeyAnswer }))
    .mutation(async ({ ctx, input }) => {
      await ctx.limits.count('log-in by address', ctx.clientAddress);
      return givePasskey(ctx, input);
    }),
});
