import { afterAll, beforeAll, describe } from 'vitest';
import type { Database } from '#server/db/client.ts';
import type { Stores } from '#server/deps.ts';
import { createStores } from '#server/stores.ts';
import { accountStoreTests } from './suites/accounts.ts';
import { auditStoreTests } from './suites/audit.ts';
import { deletionStoreTests } from './suites/deletions.ts';
import { draftAndPhotoStoreTests } from './suites/drafts-and-photos.ts';
import { emailChangeStoreTests } from './suites/email-changes.ts';
import { friendshipStoreTests } from './suites/friendships.ts';
import { invitationStoreTests } from './suites/invitations.ts';
import { letterDeliveryTests } from './suites/letter-delivery.ts';
import { letterListTests } from './suites/letter-lists.ts';
import { mobileCodeStoreTests, noticeSettingsStoreTests } from './suites/notification-settings.ts';
import { noticeStoreTests } from './suites/notifications.ts';
import { refusalTests } from './suites/refusals.ts';
import { secondFactorStoreTests } from './suites/second-factors.ts';
import { stampStoreTests } from './suites/stamps.ts';
import { threadTests } from './suites/threads.ts';
import { tryCountStoreTests } from './suites/try-counts.ts';

/** A database to run the suite on. */
export interface Backend {
  readonly db: Database;
  /** Whether it keeps `$jsonSchema` validators. */
  readonly validators: boolean;
  close(): Promise<void>;
}

/** What the tests of the suite are given. */
export interface SuiteContext {
  readonly stores: Stores;
  readonly db: Database;
  readonly validators: boolean;
}

/** The contract of all stores; every backend of the application has to keep it. */
export function describeStores(backendName: string, open: () => Promise<Backend>): void {
  describe(`stores on ${backendName}`, () => {
    let backend: Backend;
    let stores: Stores;
    beforeAll(async () => {
      backend = await open();
      stores = createStores(backend.db);
    });
    afterAll(() => backend?.close());

    const context: SuiteContext = {
      get stores() {
        return stores;
      },
      get db() {
        return backend.db;
      },
      get validators() {
        return backend.validators;
      },
    };
    describe('accounts, sessions and tokens', () => accountStoreTests(context));
    describe('second factors', () => secondFactorStoreTests(context));
    describe('friendships', () => friendshipStoreTests(context));
    describe('invitations', () => invitationStoreTests(context));
    describe('letters on their way', () => letterDeliveryTests(context));
    describe('lists of letters', () => letterListTests(context));
    threadTests(context);
    describe('the notification of a letter', () => noticeStoreTests(context));
    describe('notice settings', () => noticeSettingsStoreTests(context));
    describe('a mobile code', () => mobileCodeStoreTests(context));
    describe('drafts, photos, readings and feedback', () => draftAndPhotoStoreTests(context));
    describe('what happened to an account', () => auditStoreTests(context));
    describe('a wish for another address', () => emailChangeStoreTests(context));
    describe('painted stamps', () => stampStoreTests(context));
    describe('accounts that go', () => deletionStoreTests(context));
    describe('counts of tries', () => tryCountStoreTests(context));
    describe('what is refused', () => refusalTests(context));
  });
}
