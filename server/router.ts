import { accountRouter } from './accounts/account.router.ts';
import { auditRouter } from './audit/audit.router.ts';
import { deletionRouter } from './deletion/deletion.router.ts';
import { deviceRouter } from './devices/device.router.ts';
import { draftRouter } from './drafts/draft.router.ts';
import { emailChangeRouter } from './email-change/email-change.router.ts';
import { exportRouter } from './export/export.router.ts';
import { feedbackRouter } from './feedback/feedback.router.ts';
import { friendRouter } from './friends/friend.router.ts';
import { invitationRouter } from './friends/invitation.router.ts';
import { letterRouter } from './letters/letter.router.ts';
import { logInFactorRouter, logInRouter } from './log-in/log-in.router.ts';
import { newsRouter } from './news/news.router.ts';
import { notificationRouter } from './notifications/notification.router.ts';
import { photoRouter } from './photos/photo.router.ts';
import { profileRouter } from './profile/profile.router.ts';
import { recoveryRouter } from './recovery/recovery.router.ts';
import { secondFactorRouter } from './second-factor/second-factor.router.ts';
import { stampRouter } from './stamps/stamp.router.ts';
import { storageRouter } from './storage/storage.router.ts';
import { createCallerFactory, mergeRouters, router } from './trpc.ts';

/** All procedures, one router per feature. Login and recovery are part of `accounts`. */
export const appRouter = router({
  accounts: mergeRouters(accountRouter, logInRouter, recoveryRouter),
  activity: auditRouter,
  devices: deviceRouter,
  profile: profileRouter,
  emailChange: emailChangeRouter,
  secondFactor: mergeRouters(secondFactorRouter, logInFactorRouter),
  friends: friendRouter,
  invitations: invitationRouter,
  letters: letterRouter,
  news: newsRouter,
  stamps: stampRouter,
  drafts: draftRouter,
  photos: photoRouter,
  storage: storageRouter,
  deletion: deletionRouter,
  exports: exportRouter,
  feedback: feedbackRouter,
  notifications: notificationRouter,
});

export type AppRouter = typeof appRouter;
export const createCaller = createCallerFactory(appRouter);
export type AppCaller = ReturnType<typeof createCaller>;
