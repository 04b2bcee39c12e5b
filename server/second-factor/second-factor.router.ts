import { z } from 'zod';
import { isId } from '#core/id.ts';
import { passwordProof } from '#core/schemas/accounts.ts';
import {
  factorCodeInput,
  newPasskeyAnswer,
  passkeyAnswer,
  passkeyName,
} from '#core/schemas/second-factor.ts';
import { privateProcedure, router } from '../trpc.ts';
import { askForChange } from './authorise-change.ts';
import { readFactorSettings } from './read-settings.ts';
import { removeApp, removePasskey } from './remove-factor.ts';
import { renewCodes } from './renew-codes.ts';
import { beginApp, cancelApp, confirmApp, readPendingApp } from './set-up-app.ts';
import { beginPasskey, finishPasskey, renamePasskey } from './set-up-passkey.ts';

const changeProof = {
  proof: passwordProof,
  code: z.string().trim().max(60).optional(),
  passkey: passkeyAnswer.optional(),
};
const passkeyId = { id: z.string().refine(isId, 'This isn’t a passkey.') };

export const secondFactorRouter = router({
  /** The second factors this user has set up. */
  settings: privateProcedure.query(({ ctx }) => readFactorSettings(ctx, ctx.actor)),

  /**
   * The options for asking a passkey whose answer replaces the code in a change
   * (PublicKeyCredentialRequestOptionsJSON).
   */
  askForChange: privateProcedure.mutation(({ ctx }) => askForChange(ctx, ctx.actor)),

  /** Creates a secret for an authenticator app, to be confirmed next. */
  beginApp: privateProcedure
    .input(z.object(changeProof))
    .mutation(({ ctx, input }) => beginApp(ctx, ctx.actor, input)),

  /** The secret that waits to be confirmed, or null. */
  pendingApp: privateProcedure.query(({ ctx }) => readPendingApp(ctx, ctx.actor)),

  /**
   * Turns the app on. If it is the first second factor, the answer has the ten one-time codes, only
   * this once.
   */
  confirmApp: privateProcedure
    .input(factorCodeInput)
    .mutation(({ ctx, input }) => confirmApp(ctx, ctx.actor, input.code)),

  /** Discards a secret that was not confirmed. */
  cancelApp: privateProcedure.mutation(({ ctx }) => cancelApp(ctx, ctx.actor)),

  /** Removes the app. */
  removeApp: privateProcedure
    .input(z.object(changeProof))
    .mutation(({ ctx, input }) => removeApp(ctx, ctx.actor, input)),

  /** Creates ten new one-time codes, returned only this once; the old ones stop working. */
  renewCodes: privateProcedure
    .input(z.object(changeProof))
    .mutation(({ ctx, input }) => renewCodes(ctx, ctx.actor, input)),

  /** The options for creating a passkey (PublicKeyCredentialCreationOptionsJSON). */
  beginPasskey: privateProcedure
    .input(z.object(changeProof))
    .mutation(({ ctx, input }) => beginPasskey(ctx, ctx.actor, input)),

  /** Adds the new passkey. Returns one-time codes as `confirmApp` does. */
  finishPasskey: privateProcedure
    .input(z.object({ name: passkeyName, answer: newPasskeyAnswer }))
    .mutation(({ ctx, input }) => finishPasskey(ctx, ctx.actor, input)),

  /** Renames a passkey. */
  renamePasskey: privateProcedure
    .input(z.object({ ...passkeyId, name: passkeyName }))
    .mutation(({ ctx, input }) => renamePasskey(ctx, ctx.actor, input)),

  /** Removes a passkey. */
  removePasskey: privateProcedure
    .input(z.object({ ...passkeyId, ...changeProof }))
    .mutation(({ ctx, input }) => removePasskey(ctx, ctx.actor, input)),
});
