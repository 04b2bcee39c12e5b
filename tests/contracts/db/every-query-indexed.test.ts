import { globSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE } from '#core/durations.ts';
import { newId } from '#core/id.ts';
import type { Database } from '#server/db/client.ts';
import type { Stores } from '#server/deps.ts';
import { createStores } from '#server/stores.ts';
import type { QueryReport } from '#sqlite-mongo';
import { openTemporaryDatabase } from '#tests/support/database-embedded.ts';
import {
  everyByte,
  sampleDraft,
  sampleEvent,
  sampleLetter,
  samplePasskey,
  samplePendingLogIn,
  samplePhoto,
  sampleSession,
  sampleToken,
  sampleUser,
} from '#tests/support/database-samples.ts';
import { everyCall, type Scene } from './every-call.ts';

/** Documents of other people in every collection, so that a scan would have to look at them. */
const OTHERS = 60;

const scene: Scene = { me: newId(), friend: newId(), now: new Date(1_800_000_000_000), limit: 5 };
const reports: QueryReport[] = [];
let database: Database;
let stores: Stores;
let close: () => Promise<void>;

async function insertOthers(): Promise<void> {
  const { me, friend, now } = scene;
  for (let i = 0; i < OTHERS; i++) {
    const other = newId();
    const mine = i % 2 === 1;
    await stores.users.insert(sampleUser());
    await stores.sessions.insert(sampleSession());
    await stores.tokens.insert(sampleToken());
    await stores.friendships.insertRequest({ requestedBy: other, userId: newId(), at: now });
    const ask = mine ? { requestedBy: me, userId: other } : { requestedBy: other, userId: me };
    await stores.friendships.insertRequest({ ...ask, at: now });
    const ends = mine ? { authorId: me, receiverId: friend } : { receiverId: i % 3 ? friend : other };
    const letter = sampleLetter({ ...ends, sentAt: new Date(1000 + i) });
    await stores.letters.insert(letter);
    if (i % 4) await stores.letters.markDelivered(letter.id, new Date(1000 + i));
    if (i % 4 > 1) await stores.letters.markRead(letter.id, letter.receiverId, now, everyByte);
    await stores.notifications.setDue('email', letter.id, new Date(1000 + i));
    await stores.notificationSettings.save(other, { sms: 'off' }, now);
    await stores.readings.save({ readerId: other, letterId: letter.id, position: 1, at: now });
    await stores.drafts.save(sampleDraft({ authorId: mine ? me : other, updatedAt: new Date(1000 + i) }), 0);
    await stores.photos.insert(samplePhoto());
    await stores.passkeys.insert(samplePasskey());
    await stores.pendingLogIns.insert(samplePendingLogIn());
    await stores.audit.insert(sampleEvent({ userId: mine ? me : other, at: new Date(1000 + i) }));
    await stores.tryCounts.set(newId(), 1, new Date(Date.now() + MINUTE));
  }
}

describe('every query of the application', () => {
  beforeAll(async () => {
    const opened = await openTemporaryDatabase({ observe: (report) => reports.push(report) });
    close = opened.close;
    database = opened.db;
    stores = createStores(opened.db);
    await insertOthers();
  });
  afterAll(() => close());

  it('is tried: every method of every store', async () => {
    const root = path.join(import.meta.dirname, '../../..');
    const files = globSync('server/**/*.store.ts', { cwd: root });
    expect(Object.keys(stores), 'a *.store.ts is missing in server/stores.ts').toHaveLength(files.length);
    const namesOf = (methods: object) => Object.keys(methods).sort();
    const calls = everyCall(stores, scene);
    for (const [store, methods] of Object.entries(stores)) {
      const tried = namesOf(calls[store as keyof Stores]);
      expect(tried, `tests/contracts/db/every-call.ts does not match ${store}`).toEqual(namesOf(methods));
    }
  });

  it('is served by an index, in its order, looking at hardly more than it returns', async () => {
    let lookups = 0;
    for (const [store, methods] of Object.entries(everyCall(stores, scene))) {
      for (const [method, call] of Object.entries(methods)) {
        reports.length = 0;
        await call();
        lookups += reports.length;
        for (const report of reports) {
          const name = `${store}.${method}: ${JSON.stringify(report)}`;
          expect(report.index, `scans: ${name}`).not.toBeNull();
          expect(report.bounded, `reads a whole index: ${name}`).toBe(true);
          expect(report.sortedInMemory, `sorts in memory: ${name}`).toBe(false);
          expect(report.examined, `reads too much: ${name}`).toBeLessThanOrEqual(report.returned + 1);
        }
      }
    }
    console.log(`${lookups} look-ups by all store methods, none by a scan.`);
    expect(lookups).toBeGreaterThan(60);
  });

  it('would be noticed if it scanned or sorted', async () => {
    await database.orm.users.where({ displayName: 'Alpha' }).first();
    expect(reports.at(-1)).toMatchObject({ collection: 'users', index: null });
    await database.orm.letters.where({ authorId: scene.me }).orderBy({ hash: 1 }).limit(5).all();
    expect(reports.at(-1)).toMatchObject({ collection: 'letters', sortedInMemory: true });
  });
});
