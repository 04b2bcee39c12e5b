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
import { finishJoining } from './finish-joining.ts';
import { join } from './join.ts';
import { beginJoin, joinSealed } from './join-sealed.ts';
import { setAssisted } from './set-assisted.ts';
import { findAddress, refuseAddress, verifyEmail } from './verify-email.ts';

/** Takes the token of a mailed link; the reader need not be logged in. */
const verificationProcedure = publicProcedure
  .input(z.object({ token: linkToken }))
  .use(async ({ ctx, next }) => {
    await ctx.limits.count('verification by address', ctx.clientAddress);
    return next();
  });

export const accountRouter = router({
  /**
   * The user who is logged in, or null. `stage` is `joining` until the recovery words and the
   * address are confirmed, or `waiting` after a login before the latter.
   */
  me: publicProcedure.query(({ ctx }) =>
    ctx.actor
      ? {
          username: ctx.actor.username,
          displayName: ctx.actor.displayName,
          stage: ctx.actor.stage,
          mode: ctx.actor.mode,
          /** When this account will be deleted; null unless its owner asked for it. */
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

  /** Confirms two of the recovery words and sends the verification mail. */
  confirmRecoveryPhrase: joiningProcedure
    .input(confirmRecoveryPhraseInput)
    .mutation(({ ctx, input }) => confirmRecoveryPhrase(ctx, ctx.actor, input)),

  /** The account and address of a verification link. Does not use the link up. */
  checkVerification: verificationProcedure.query(({ ctx, input }) => findAddress(ctx, input.token)),

  /** Confirms the address of a verification link. `already` is true if it was confirmed before. */
  verifyEmail: verificationProcedure.mutation(({ ctx, input }) => verifyEmail(ctx, input.token)),

  /** Stops verification mails to an address whose owner did not create the account. */
  refuseAddress: verificationProcedure.mutation(({ ctx, input }) => refuseAddress(ctx, input.token)),

  /** Logs a new user in on the device they joined on, once words and address are confirmed. */
  finishJoining: joiningProcedure.mutation(({ ctx }) => finishJoining(ctx, ctx.actor)),

  /** The address a new user joined with, and whether mail reaches it. */
  address: joiningProcedure.query(({ ctx }) => readAddress(ctx, ctx.actor)),

  /** Sends the verification link again; older links stop working. */
  resendLink: joiningProcedure.mutation(({ ctx }) => resendLink(ctx, ctx.actor)),

  /** Replaces an address that was never confirmed and mails a link to the new one. */
  correctAddress: joiningProcedure
    .input(correctAddressInput)
    .mutation(({ ctx, input }) => correctAddress(ctx, ctx.actor, input.email)),

  /** Sets a new password, given the current one. Logs out all other devices. */
  changePassword: privateProcedure
    .input(changePasswordInput)
    .mutation(({ ctx, input }) => changePassword(ctx, ctx.actor, input)),

  /** Creates new recovery words. Read them with `recoveryPhrase`, then confirm them. */
  renewRecoveryPhrase: privateProcedure
    .input(passwordInput)
    .mutation(({ ctx, input }) => renewRecoveryPhrase(ctx, ctx.actor, input.current)),

  /** The id and the server's key share for a new account. Nothing is stored. */
  beginJoin: publicProcedure.mutation(async ({ ctx }) => {
    await ctx.limits.count('join ticket by address', ctx.clientAddress);
    return beginJoin(ctx);
  }),

  /** Creates an account whose keys were made in the browser. */
  joinSealed: publicProcedure.input(joinSealedInput).mutation(async ({ ctx, input }) => {
    await ctx.limits.count('join by address', ctx.clientAddress);
    return joinSealed(ctx, input, ctx);
  }),

  /** Confirms recovery words that only the browser has and sends the verification mail. */
  confirmRecoveryPhraseSealed: joiningProcedure
    .input(confirmRecoveryPhraseSealedInput)
    .mutation(({ ctx, input }) => confirmRecoveryPhraseSealed(ctx, ctx.actor, input.authKey)),

  /** The wrapped master key, given the password, so that the browser can wrap it again. */
  openKeys: joiningProcedure
    .input(openKeysInput)
    .mutation(({ ctx, input }) => openKeys(ctx, ctx.actor, input)),

  /** Sets a new password that was sealed in the browser. Logs out all other devices. */
  changePasswordSealed: privateProcedure
    .input(changePasswordSealedInput)
    .mutation(({ ctx, input }) => changePasswordSealed(ctx, ctx.actor, input)),

  /** Strengthens how the current password is protected, right after a login. */
  upgradePasswordSealed: privateProcedure
    .input(changePasswordSealedInput)
    .mutation(({ ctx, input }) => upgradePasswordSealed(ctx, ctx.actor, input)),

  /**
   * Stores new recovery words that were made in the browser, even if the first were never
   * confirmed.
   */
  renewRecoveryPhraseSealed: joiningProcedure
    .input(renewRecoveryPhraseSealedInput)
    .mutation(({ ctx, input }) => renewRecoveryPhraseSealed(ctx, ctx.actor, input)),

  /** Whether this account forbids assisted mode (login without JavaScript). */
  assisted: privateProcedure.query(async ({ ctx }) => {
    const user = await ctx.stores.users.findById(ctx.actor.userId);
    return { forbidden: user?.assistedForbiddenAt != null };
  }),

  /** Forbids or allows assisted mode (login without JavaScript). */
  setAssisted: privateProcedure
    .input(setAssistedInput)
    .mutation(({ ctx, input }) => setAssisted(ctx, ctx.actor, input, ctx)),
});
