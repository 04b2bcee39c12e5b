import { z } from 'zod';
import {
  mobileCodeInput,
  mobileInput,
  noticeSettingsInput,
  unsubscribeToken,
} from '#core/schemas/notifications.ts';
import { privateProcedure, publicProcedure, router } from '../trpc.ts';
import { confirmMobile } from './confirm-mobile.ts';
import { readNoticeSettings } from './read-notice-settings.ts';
import { saveNoticeSettings } from './save-notice-settings.ts';
import { removeMobile, setMobile } from './set-mobile.ts';
import { readUnsubscribeToken, unsubscribe } from './unsubscribe.ts';

const byLink = z.object({ token: unsubscribeToken });

export const notificationRouter = router({
  /** How the person is told of letters. */
  settings: privateProcedure.query(({ ctx }) => readNoticeSettings(ctx, ctx.actor)),

  /** Saves channels, digest, quiet hours and zone, all of them. */
  save: privateProcedure
    .input(noticeSettingsInput)
    .mutation(({ ctx, input }) => saveNoticeSettings(ctx, ctx.actor, input)),

  /** Keeps a mobile number, in E.164 or close to it, and texts a code to it; also to the number that is there already. */
  setMobile: privateProcedure
    .input(mobileInput)
    .mutation(({ ctx, input }) => setMobile(ctx, ctx.actor, input.mobile)),

  /** Confirms the number by its code: six digits. */
  confirmMobile: privateProcedure
    .input(mobileCodeInput)
    .mutation(({ ctx, input }) => confirmMobile(ctx, ctx.actor, input.code)),

  /** Forgets the number. */
  removeMobile: privateProcedure.mutation(({ ctx }) => removeMobile(ctx, ctx.actor)),

  /** Whether a link from a mail is whole; tells nothing of whose it is. */
  checkUnsubscribe: publicProcedure.input(byLink).query(async ({ ctx, input }) => {
    await readUnsubscribeToken(ctx, input.token);
    return true;
  }),

  /** Switches notices by e-mail off for whoever a link from a mail was made for; no log-in, and nothing but this. */
  unsubscribe: publicProcedure.input(byLink).mutation(({ ctx, input }) => unsubscribe(ctx, input.token)),
});
