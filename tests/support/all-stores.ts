import { createRetiredKeyStore } from '#server/accounts/retired-key.store.ts';
import { createSessionStore } from '#server/accounts/session.store.ts';
import { createTokenStore } from '#server/accounts/token.store.ts';
import { createUserStore } from '#server/accounts/user.store.ts';
import type { Database } from '#server/db/client.ts';
import type { Stores } from '#server/deps.ts';
import { createDraftStore } from '#server/drafts/draft.store.ts';
import { createFeedbackStore } from '#server/feedback/feedback.store.ts';
import { createFriendshipStore } from '#server/friends/friendship.store.ts';
import { createLetterStore } from '#server/letters/letter.store.ts';
import { createReadingStore } from '#server/letters/reading.store.ts';
import { createMobileCodeStore } from '#server/notifications/mobile-code.store.ts';
import { createNoticeStore } from '#server/notifications/notice.store.ts';
import { createNoticeSettingsStore } from '#server/notifications/notice-settings.store.ts';
import { createPhotoStore } from '#server/photos/photo.store.ts';
import { createStampIdeaStore } from '#server/stamps/stamp-idea.store.ts';
import { createStampPictureStore } from '#server/stamps/stamp-picture.store.ts';

/** Every store over one database, without the rest of an installation. */
export function openStores(db: Database): Stores {
  return {
    users: createUserStore(db),
    retiredKeys: createRetiredKeyStore(db),
    sessions: createSessionStore(db),
    tokens: createTokenStore(db),
    friendships: createFriendshipStore(db),
    letters: createLetterStore(db),
    readings: createReadingStore(db),
    drafts: createDraftStore(db),
    photos: createPhotoStore(db),
    feedback: createFeedbackStore(db),
    notices: createNoticeStore(db),
    noticeSettings: createNoticeSettingsStore(db),
    mobileCodes: createMobileCodeStore(db),
    stampIdeas: createStampIdeaStore(db),
    stampPictures: createStampPictureStore(db),
  };
}
