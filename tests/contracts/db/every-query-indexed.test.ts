import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newFriendCode, newId } from '#core/id.ts';
import type { Database } from '#server/db/client.ts';
import type { QueryReport } from '#server/db/embedded/finder.ts';
import { openTemporaryDatabase } from '#tests/support/database-embedded.ts';
import {
  type AllStores,
  createStores,
  everyByte,
  sampleDraft,
  sampleLetter,
  samplePhoto,
  sampleSession,
  sampleToken,
  sampleUser,
} from '#tests/support/database-samples.ts';

/** Documents of other people in every collection, so that a scan would have to look at them. */
const OTHERS = 60;
const LIMIT = 5;

const now = new Date(1_800_000_000_000);
const me = newId();
const friend = newId();
const author = { authorId: me, receiverId: friend };
const reports: QueryReport[] = [];
let stores: AllStores;
let database: Database;
let close: () => Promise<void>;

/** One call of every method of every store, with things to find; the names are checked below. */
function calls(): Record<keyof AllStores, Record<string, () => Promise<unknown>>> {
  const { users, sessions, tokens, friendships, letters, readings, drafts, photos, feedback } = stores;
  const keys = { wrappedAmkRecovery: everyByte, recoveryVerifier: everyByte };
  const kdf = { kdfSalt: everyByte, kdfMemoryKiB: 1, kdfIterations: 1, kdfParallelism: 1 };
  const page = { limit: LIMIT };
  const letterId = sampleLetter().id;
  const photo = samplePhoto({ authorId: me, letterId, createdAt: new Date(1) });
  const span = { deliveredAfter: new Date(0), deliveredBefore: now };
  const draft = sampleDraft({ authorId: me });
  const session = sampleSession({ userId: me });
  const token = sampleToken({ userId: me });
  return {
    users: {
      insert: () => users.insert(sampleUser({ id: me, username: 'alpha', email: 'alpha@example.test' })),
      findById: () => users.findById(me),
      findByUsername: () => users.findByUsername('alpha'),
      findByEmail: () => users.findByEmail('alpha@example.test'),
      findByFriendCode: () => users.findByFriendCode(newFriendCode()),
      findManyByIds: () => users.findManyByIds([me, newId()]),
      markEmailVerified: () => users.markEmailVerified(me, now),
      setRecovery: () => users.setRecovery(me, keys),
      confirmRecovery: () => users.confirmRecovery(me, now),
      setPasswordKeys: () =>
        users.setPasswordKeys(me, { ...kdf, authVerifier: everyByte, wrappedAmk: everyByte }),
      setFriendCode: () => users.setFriendCode(me, newFriendCode()),
    },
    sessions: {
      insert: () => sessions.insert(session),
      findByTokenHash: () => sessions.findByTokenHash(session.tokenHash),
      listByUser: () => sessions.listByUser(me),
      touch: () => sessions.touch(session.id, now, session.expiresAt),
      clearWords: () => sessions.clearWords(session.id),
      setStage: () => sessions.setStage(session.id, 'full'),
      deleteByUser: () => sessions.deleteByUser(me, session.id),
      deleteById: () => sessions.deleteById(session.id),
    },
    tokens: {
      insert: () => tokens.insert(token),
      find: () => tokens.find(token.hash, token.purpose),
      consume: () => tokens.consume(token.hash, token.purpose, new Date()),
      deleteByUser: () => tokens.deleteByUser(me, token.purpose),
    },
    friendships: {
      insertRequest: () => friendships.insertRequest({ requestedBy: me, userId: friend, at: now }),
      find: () => friendships.find(me, friend),
      accept: () => friendships.accept(me, friend, friend, now),
      listByMember: () => friendships.listByMember(me, 'accepted', page),
      remove: () => friendships.remove(me, friend),
    },
    letters: {
      insert: () => letters.insert(sampleLetter({ id: letterId, ...author, sentAt: new Date(0) })),
      findById: () => letters.findById(letterId),
      findForMember: () => letters.findForMember(letterId, friend),
      listQueued: () => letters.listQueued(now, LIMIT),
      markFailed: () => letters.markFailed(letterId, 'no reason'),
      requeue: () => letters.requeue(letterId, me),
      markDelivered: () => letters.markDelivered(letterId, new Date(10)),
      listInbox: async () => {
        const { nextCursor } = await letters.listInbox(friend, page);
        return letters.listInbox(friend, { ...page, cursor: nextCursor });
      },
      listSent: async () => {
        const { nextCursor } = await letters.listSent(me, page);
        return letters.listSent(me, { ...page, cursor: nextCursor });
      },
      countNew: () => letters.countNew(friend, LIMIT),
      listUntold: () => letters.listUntold(span, LIMIT),
      claimEmailNotice: () => letters.claimEmailNotice(letterId, now),
      releaseEmailNotice: () => letters.releaseEmailNotice(letterId, now),
      markRead: () => letters.markRead(letterId, friend, now, everyByte),
    },
    readings: {
      save: () => readings.save({ readerId: me, letterId, position: 1, at: now }),
      find: () => readings.find(me, letterId),
    },
    drafts: {
      save: async () => {
        await drafts.save(draft, 0);
        return drafts.save(draft, 1);
      },
      find: () => drafts.find(draft.id, me),
      list: async () => {
        const { nextCursor } = await drafts.list(me, page);
        return drafts.list(me, { ...page, cursor: nextCursor });
      },
      delete: () => drafts.delete(draft.id, me),
    },
    photos: {
      insert: () => photos.insert(photo),
      find: () => photos.find(photo.id, letterId),
      findVariant: () => photos.findVariant(photo.id, letterId, 'preview'),
      listOrphans: () => photos.listOrphans(new Date(5), LIMIT),
      deleteOrphans: () => photos.deleteOrphans([photo]),
      deleteMany: () => photos.deleteMany([photo.id], me),
    },
    feedback: {
      insert: () => feedback.insert({ id: newId(), subject: 'Cats', message: 'More', createdAt: now }),
    },
  };
}

async function insertOthers(): Promise<void> {
  for (let i = 0; i < OTHERS; i++) {
    const other = newId();
    await stores.users.insert(sampleUser());
    await stores.sessions.insert(sampleSession());
    await stores.tokens.insert(sampleToken());
    await stores.friendships.insertRequest({ requestedBy: other, userId: newId(), at: now });
    await stores.friendships.insertRequest({
      requestedBy: i % 2 ? me : other,
      userId: i % 2 ? other : me,
      at: now,
    });
    const to = i % 2 ? author : { receiverId: i % 3 ? friend : other };
    const letter = sampleLetter({ ...to, sentAt: new Date(1000 + i) });
    await stores.letters.insert(letter);
    if (i % 4) await stores.letters.markDelivered(letter.id, new Date(1000 + i));
    if (i % 4 > 1) await stores.letters.markRead(letter.id, letter.receiverId, now, everyByte);
    await stores.readings.save({ readerId: other, letterId: letter.id, position: 1, at: now });
    await stores.drafts.save(sampleDraft({ authorId: i % 2 ? me : other, updatedAt: new Date(1000 + i) }), 0);
    await stores.photos.insert(samplePhoto());
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

  it('is tried: every method of every store', () => {
    const tried = Object.entries(calls()).map(([store, methods]) => [store, Object.keys(methods).sort()]);
    const existing = Object.entries(stores).map(([store, methods]) => [store, Object.keys(methods).sort()]);
    expect(Object.fromEntries(tried)).toEqual(Object.fromEntries(existing));
  });

  it('is served by an index, in its order, looking at hardly more than it returns', async () => {
    let lookups = 0;
    for (const [store, methods] of Object.entries(calls())) {
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
    expect(lookups).toBeGreaterThan(40);
  });

  it('would be noticed if it scanned or sorted', async () => {
    await database.orm.users.where({ displayName: 'Alpha' }).first();
    expect(reports.at(-1)).toMatchObject({ collection: 'users', index: null });
    await database.orm.letters.where({ authorId: me }).orderBy({ hash: 1 }).limit(LIMIT).all();
    expect(reports.at(-1)).toMatchObject({ collection: 'letters', sortedInMemory: true });
  });
});
