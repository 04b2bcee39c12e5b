import { z } from 'zod';
import {
  confirmRecoveryPhraseInput,
  correctAddressInput,
  joinInput,
  linkToken,
} from '#core/schemas/accounts.ts';
import { changePasswordInput, passwordInput } from '#core/schemas/recovery.ts';
import {
  changePasswordSealedInput,
  confirmRecoveryPhraseSealedInput,
  joinSealedInput,
  openKeysInput,
  renewRecoveryPhraseSealedInput,
  setAssistedInput,
} from '#core/schemas/sealed-accounts.ts';
import { joiningProcedure, privateProcedure, publicProcedure, router } from '../trpc.ts';
import { changePassword, renewRecoveryPhrase } from './change-password.ts';
import {
  changePasswordSealed,
  openKeys,
  renewRecoveryPhraseSealed,
  upgradePasswordSealed,
} from './change-password-sealed.ts';
import { confirmRecoveryPhrase, confirmRecoveryPhraseSealed } from './confirm-recovery-phrase.ts';
import { correctAddress, readAddress, resendLink } from './correct-address.ts';
import { join } from './join.ts';
import { beginJoin, joinSealed } from './join-sealed.ts';
import { setAssisted } from './set-assisted.ts';
import { findAddress, refuseAddress, verifyEmail } from './verify-email.ts';

/** For a link in a mail: its reader need not be logged in. */
const verificationProcedure = publicProcedure
  .input(z.object({ token: linkToken }))
  .use(async ({ ctx, next }) => {
    await ctx.limits.count('verification by address', ctx.clientAddress);
    return next();
  });

export const accountRouter = router({
  /** Who is logged in, or null. `stage` is `joining` while the recovery words are to be confirmed. */
  me: publicProcedure.query(({ ctx }) =>
    ctx.actor
      ? {
          username: ctx.actor.username,
          displayName: ctx.actor.displayName,
          stage: ctx.actor.stage,
          mode: ctx.actor.mode,
          /** When this account is to be deleted; null unless its owner asked for it. */
          deleteAt: ctx.actor.deleteAt,
          timeZone: ctx.actor.timeZone,
          locale: ctx.actor.locale,
          phraseUnconfirmed: ctx.actor.phraseUnconfirmed,
        }
      : null,
  ),

  /** Creates an account. The session it starts can only see and confirm the recovery words. */
  join: publicProcedure.input(joinInput).mutation(async ({ ctx, input }) => {
    await ctx.limits.count('join by address', ctx.clientAddress);
    return join(ctx, input, ctx);
  }),

  /** The twelve recovery words still to be confirmed, or null. */
  recoveryPhrase: joiningProcedure.query(({ ctx }) => ctx.actor.recoveryPhrase()),

  /** Confirms two of the recovery words, and has the verification mail sent. */
  confirmRecoveryPhrase: joiningProcedure
    .input(confirmRecoveryPhraseInput)
    .mutation(({ ctx, input }) => confirmRecoveryPhrase(ctx, ctx.actor, input)),

  /** The account and address a verification link is about. Nothing is used up. */
  checkVerification: verificationProcedure.query(({ ctx, input }) => findAddress(ctx, input.token)),

  /** Confirms the address of a verification link; `already` if it was confirmed before. */
  verifyEmail: verificationProcedure.mutation(({ ctx, input }) => verifyEmail(ctx, input.token)),

  /** For the owner of an address that somebody else has joined with: no more mails go there for that account. */
  refuseAddress: verificationProcedure.mutation(({ ctx, input }) => refuseAddress(ctx, input.token)),

  /** The address of somebody who has just joined, and whether mail reaches it. */
  address: joiningProcedure.query(({ ctx }) => readAddress(ctx, ctx.actor)),

  /** Mails the verification link once more; older ones stop working. */
  resendLink: joiningProcedure.mutation(({ ctx }) => resendLink(ctx, ctx.actor)),

  /** Replaces an address that was never confirmed, and mails a link to the right one. */
  correctAddress: joiningProcedure
    .input(correctAddressInput)
    .mutation(({ ctx, input }) => correctAddress(ctx, ctx.actor, input.email)),

  /** Sets a new password for somebody who knows the old one; other devices are logged out. */
  changePassword: privateProcedure
    .input(changePasswordInput)
    .mutation(({ ctx, input }) => changePassword(ctx, ctx.actor, input)),

  /** Makes new recovery words, which are then read with `recoveryPhrase` and confirmed. */
  renewRecoveryPhrase: privateProcedure
    .input(passwordInput)
    .mutation(({ ctx, input }) => renewRecoveryPhrase(ctx, ctx.actor, input.current)),

  /** The id and key share for a new account. */
  beginJoin: publicProcedure.mutation(async ({ ctx }) => {
    await ctx.limits.count('join ticket by address', ctx.clientAddress);
    return beginJoin(ctx);
  }),

  /** Creates an account whose keys were made in the browser. */
  joinSealed: publicProcedure.input(joinSealedInput).mutation(async ({ ctx, input }) => {
    await ctx.limits.count('join by address', ctx.clientAddress);
    return joinSealed(ctx, input, ctx);
  }),

  /** Confirms recovery words that only the browser has, and has the verification mail sent. */
  confirmRecoveryPhraseSealed: joiningProcedure
    .input(confirmRecoveryPhraseSealedInput)
    .mutation(({ ctx, input }) => confirmRecoveryPhraseSealed(ctx, ctx.actor, input.authKey)),

  /** The wrapped master key once more, for somebody who proves the password, so that the browser can wrap it anew. */
  openKeys: joiningProcedure
    .input(openKeysInput)
    .mutation(({ ctx, input }) => openKeys(ctx, ctx.actor, input)),

  /** Sets a new password that was sealed in the browser; other devices are logged out. */
  changePasswordSealed: privateProcedure
    .input(changePasswordSealedInput)
    .mutation(({ ctx, input }) => changePasswordSealed(ctx, ctx.actor, input)),

  /** Keeps the same password at today's cost. */
  upgradePasswordSealed: privateProcedure
    .input(changePasswordSealedInput)
    .mutation(({ ctx, input }) => upgradePasswordSealed(ctx, ctx.actor, input)),

  /** Stores new recovery words that were made in the browser, even if the first ones were never confirmed. */
  renewRecoveryPhraseSealed: joiningProcedure
    .input(renewRecoveryPhraseSealedInput)
    .mutation(({ ctx, input }) => renewRecoveryPhraseSealed(ctx, ctx.actor, input)),

  /** Whether this account forbids assisted mode. */
  assisted: privateProcedure.query(async ({ ctx }) => {
    const user = await ctx.stores.users.findById(ctx.actor.userId);
    return { forbidden: user?.assistedForbiddenAt != null };
  }),

  /** Forbids or allows assisted mode. */
  setAssisted: privateProcedure
    .input(setAssistedInput)
    .mutation(({ ctx, input }) => setAssisted(ctx, ctx.actor, input, ctx)),
});
