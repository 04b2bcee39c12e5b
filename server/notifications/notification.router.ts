import { z } from 'zod';
import {
  mobileCodeInput,
  mobileInput,
  notificationSettingsInput,
  unsubscribeToken,
} from '#core/schemas/notifications.ts';
import { privateProcedure, publicProcedure, router } from '../trpc.ts';
import { confirmMobile } from './confirm-mobile.ts';
import { readNotificationSettings } from './read-notification-settings.ts';
import { saveNotificationSettings } from './save-notification-settings.ts';
import { removeMobile, setMobile } from './set-mobile.ts';
import { readUnsubscribeToken, unsubscribe } from './unsubscribe.ts';

const byLink = z.object({ token: unsubscribeToken });

export const notificationRouter = router({
  /** The user's notification settings. */
  settings: privateProcedure.query(({ ctx }) => readNotificationSettings(ctx, ctx.actor)),

  /** Saves channels, digest, quiet hours and time zone together. */
  save: privateProcedure
    .input(notificationSettingsInput)
    .mutation(({ ctx, input }) => saveNotificationSettings(ctx, ctx.actor, input)),

  /**
   * Stores a mobile number, in or close to E.164, and texts a code to it, even if it has not
   * changed.
   */
  setMobile: privateProcedure
    .input(mobileInput)
    .mutation(({ ctx, input }) => setMobile(ctx, ctx.actor, input.mobile)),

  /** Confirms the number with its six-digit code. */
  confirmMobile: privateProcedure
    .input(mobileCodeInput)
    .mutation(({ ctx, input }) => confirmMobile(ctx, ctx.actor, input.code)),

  /** Removes the number. */
  removeMobile: privateProcedure.mutation(({ ctx }) => removeMobile(ctx, ctx.actor)),

  /** Whether a mailed unsubscribe link is intact; does not reveal whose it is. */
  checkUnsubscribe: publicProcedure.input(byLink).query(async ({ ctx, input }) => {
    await readUnsubscribeToken(ctx, input.token);
    return true;
  }),

  /**
   * Turns off email notifications for the user a mailed link was made for. Needs no login and
   * allows nothing else.
   */
  unsubscribe: publicProcedure.input(byLink).mutation(({ ctx, input }) => unsubscribe(ctx, input.token)),
});
