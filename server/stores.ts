import { createRetiredKeyStore } from './accounts/retired-key.store.ts';
import { createSessionStore } from './accounts/session.store.ts';
import { createTokenStore } from './accounts/token.store.ts';
import { createUserStore } from './accounts/user.store.ts';
import { createAuditStore } from './audit/audit.store.ts';
import type { Database } from './db/client.ts';
import { createProbeStore } from './db/probe.store.ts';
import { createDeletionStore } from './deletion/deletion.store.ts';
import { createFormerNameStore } from './deletion/former-name.store.ts';
import { createDraftStore } from './drafts/draft.store.ts';
import { createEmailChangeStore } from './email-change/email-change.store.ts';
import { createFeedbackStore } from './feedback/feedback.store.ts';
import { createFriendNoticeStore } from './friends/friend-notice.store.ts';
import { createFriendshipStore } from './friends/friendship.store.ts';
import { createInvitationStore } from './friends/invitation.store.ts';
import { createInstallationStore } from './installation/installation.store.ts';
import { createLetterStore } from './letters/letter.store.ts';
import { createReadingStore } from './letters/reading.store.ts';
import { createThreadStore } from './letters/thread.store.ts';
import { createTryCountStore } from './limits/try-count.store.ts';
import { createPendingLogInStore } from './log-in/pending-log-in.store.ts';
import { createMobileCodeStore } from './notifications/mobile-code.store.ts';
import { createNotificationStore } from './notifications/notification.store.ts';
import { createNotificationSettingsStore } from './notifications/notification-settings.store.ts';
import { createPhotoStore } from './photos/photo.store.ts';
import { createPasskeyStore } from './second-factor/passkey.store.ts';
import { createSecondFactorStore } from './second-factor/second-factor.store.ts';
import { createStampIdeaStore } from './stamps/stamp-idea.store.ts';
import { createStampPictureStore } from './stamps/stamp-picture.store.ts';
import { createStorageStore } from './storage/storage.store.ts';

/** Creates all stores of a database; the only way to access it. */
export function createStores(db: Database) {
  return {
    probes: createProbeStore(db),
    installation: createInstallationStore(db),
    users: createUserStore(db),
    retiredKeys: createRetiredKeyStore(db),
    sessions: createSessionStore(db),
    tokens: createTokenStore(db),
    secondFactors: createSecondFactorStore(db),
    passkeys: createPasskeyStore(db),
    pendingLogIns: createPendingLogInStore(db),
    friendships: createFriendshipStore(db),
    friendNotices: createFriendNoticeStore(db),
    invitations: createInvitationStore(db),
    letters: createLetterStore(db),
    threads: createThreadStore(db),
    readings: createReadingStore(db),
    drafts: createDraftStore(db),
    photos: createPhotoStore(db),
    storages: createStorageStore(db),
    feedback: createFeedbackStore(db),
    notifications: createNotificationStore(db),
    notificationSettings: createNotificationSettingsStore(db),
    mobileCodes: createMobileCodeStore(db),
    stampIdeas: createStampIdeaStore(db),
    stampPictures: createStampPictureStore(db),
    audit: createAuditStore(db),
    emailChanges: createEmailChangeStore(db),
    deletions: createDeletionStore(db),
    formerNames: createFormerNameStore(db),
    tryCounts: createTryCountStore(db),
  };
}

export type Stores = ReturnType<typeof createStores>;
