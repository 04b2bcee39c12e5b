import { afterAll, beforeAll, expect, it } from 'vitest';
import { HOUR, MINUTE } from '#core/durations.ts';
import { newId } from '#core/id.ts';
import { nameHash } from '#server/accounts/name-hash.ts';
import type { Stores } from '#server/deps.ts';
import { MailRefused } from '#server/mail/mailer.ts';
import {
  everyByte,
  sampleDraft,
  samplePhoto,
  sampleSession,
  sampleToken,
} from '#tests/support/database-samples.ts';
import { Killed, killAfter } from '#tests/support/failing-stores.ts';
import { createWorkerBench, type WorkerBench } from '#tests/support/worker-deps.ts';
import { deleteAccount } from '#worker/delete-account.ts';
import { sweepAccounts } from '#worker/sweep-accounts.ts';

let bench: WorkerBench;
beforeAll(async () => {
  bench = await createWorkerBench();
});
afterAll(() => bench.close());

const longAgo = new Date(Date.now() - HOUR);
let people = 0;

/** Somebody whose time has come, with something everywhere, and a friend who stays. */
async function someoneLeaving() {
  const { stores, addUser, addLetter } = bench;
  people += 1;
  const n = people;
  const [me, friend, gone] = [await addUser(`leaver${n}`), await addUser(`friend${n}`), newId()];
  await stores.users.scheduleDeletion(me, longAgo);
  const letter = async (authorId: string, receiverId: string, delivered = true) => {
    const id = await addLetter(authorId, receiverId);
    await stores.photos.insert(samplePhoto({ letterId: id, authorId }));
    await stores.stampPictures.insert({
      id,
      picture: everyByte,
      sealedForAuthor: everyByte,
      sealedForReceiver: everyByte,
      paintedAt: longAgo,
    });
    if (delivered) await stores.letters.markDelivered(id, longAgo);
    return id;
  };
  const kept = [await letter(me, friend), await letter(friend, me), await letter(me, friend, false)];
  const failed = await letter(me, friend, false);
  await stores.letters.markFailed(failed, 'delivery-failed');
  const removed = [await letter(me, gone), await letter(gone, me), failed];
  const [draft, trashed] = [sampleDraft({ authorId: me }), sampleDraft({ authorId: me })];
  for (const one of [draft, trashed]) {
    await stores.drafts.save(one, 0);
    await stores.photos.insert(samplePhoto({ letterId: one.id, authorId: me }));
  }
  await stores.drafts.trash(trashed.id, me, { at: longAgo, expiresAt: new Date(Date.now() + HOUR) });
  await stores.sessions.insert(sampleSession({ userId: me }));
  await stores.tokens.insert(sampleToken({ userId: me }));
  await stores.readings.save({ readerId: me, letterId: newId(), position: 1, at: longAgo });
  await stores.notificationSettings.save(me, { sms: 'off' }, longAgo);
  await stores.friendships.insertRequest({ requestedBy: me, userId: friend, at: longAgo });
  return { me, friend, kept, removed: [...removed, draft.id, trashed.id], username: `leaver${n}` };
}

type Scene = Awaited<ReturnType<typeof someoneLeaving>>;

/** What is true at the end, however it came to it. */
async function expectGone({ me, friend, kept, removed, username }: Scene): Promise<void> {
  const { stores, deps } = bench;
  expect(await stores.users.findById(me)).toBeNull();
  expect(await stores.users.findById(friend)).not.toBeNull();
  expect(await stores.deletions.find(me)).toBeNull();
  expect(await stores.sessions.listByUser(me)).toEqual([]);
  for (const inTrash of [false, true])
    expect((await stores.drafts.list(me, { limit: 5 }, inTrash)).items).toEqual([]);
  expect(await stores.friendships.find(me, friend)).toBeNull();
  expect(await stores.retiredKeys.find(me, 1)).not.toBeNull();
  expect(await stores.formerNames.hasAny([await nameHash(deps, username)])).toBe(true);
  for (const id of kept) {
    const letter = await stores.letters.findById(id);
    expect(letter?.status).toBe('delivered');
    expect(letter?.authorId === me ? letter.sealedForAuthor : letter?.sealedForReceiver).toHaveLength(0);
  }
  for (const id of removed) {
    expect(await stores.letters.findById(id)).toBeNull();
    expect(await stores.stampPictures.has(id)).toBe(false);
  }
  expect(bench.mails.filter(({ to }) => to === `${username}@example.test`).length).toBeGreaterThan(0);
}

const run = (userId: string, stores: Stores = bench.stores) =>
  deleteAccount({ ...bench.deps, stores }, { userId });

/** Whether the job survived `calls` calls of the stores; if it did not, another attempt has finished it. */
async function survives(calls: number): Promise<boolean> {
  const scene = await someoneLeaving();
  const killed = await run(scene.me, killAfter(bench.stores, calls)).then(
    () => false,
    (error: unknown) => {
      if (!(error instanceof Killed)) throw error;
      return true;
    },
  );
  if (killed) expect(await run(scene.me)).toBe('deleted');
  await expectGone(scene);
  return !killed;
}

it('killed before any of its steps, it is taken up again and ends the same', async () => {
  const outcomes: boolean[] = [];
  // Side by side, so that they share what a write costs.
  while (!outcomes.includes(true)) {
    const next = Array.from({ length: 15 }, (_, n) => survives(outcomes.length + n));
    outcomes.push(...(await Promise.all(next)));
  }
  const kills = outcomes.indexOf(true);
  console.log(`${kills} places to be killed at, each survived.`);
  expect(kills).toBeGreaterThan(40);
}, 60_000);

it('destroys the keys before anything else of the person', async () => {
  const scene = await someoneLeaving();
  const order: string[] = [];
  const watched = Object.fromEntries(
    Object.entries(bench.stores).map(([name, methods]) => [
      name,
      Object.fromEntries(
        Object.entries(methods).map(([method, call]) => [
          method,
          (...input: unknown[]) => {
            if (/^(delete|forget)/.test(method)) order.push(`${name}.${method}`);
            return (call as (...args: unknown[]) => unknown)(...input);
          },
        ]),
      ),
    ]),
  ) as Stores;
  await run(scene.me, watched);
  expect(order[0]).toBe('users.deleteLeaving');
  expect(order.length).toBeGreaterThan(10);
  await expectGone(scene);
});

it('run five times at once and once more afterwards, it is one deletion', async () => {
  const scene = await someoneLeaving();
  await Promise.all([1, 2, 3, 4, 5].map(() => run(scene.me)));
  await expectGone(scene);
  expect(await run(scene.me)).toBe('nothing to delete');
});

it('does nothing to an account that stays, or whose time has not come', async () => {
  const staying = await bench.addUser('staying');
  const later = await bench.addUser('later');
  await bench.stores.users.scheduleDeletion(later, new Date(Date.now() + 1000));
  for (const id of [staying, later, newId()]) expect(await run(id)).toBe('nothing to delete');
  expect(await bench.stores.users.findManyByIds([staying, later])).toHaveLength(2);
});

it('waits with the receipt until the mail server is back, and keeps nothing for an address that is refused', async () => {
  const scene = await someoneLeaving();
  bench.faults.mail = new Error('the mail server is away');
  await expect(run(scene.me)).rejects.toThrow('away');
  expect(await bench.stores.deletions.find(scene.me)).toMatchObject({ username: scene.username });
  bench.faults.mail = undefined;
  expect(await run(scene.me)).toBe('deleted');
  await expectGone(scene);
  const other = await someoneLeaving();
  bench.faults.mail = new MailRefused('no such mailbox');
  expect(await run(other.me)).toBe('deleted');
  bench.faults.mail = undefined;
  expect(await bench.stores.deletions.find(other.me)).toBeNull();
});

it('an account that cannot be deleted stands in nobody’s way', async () => {
  const [poison, fine] = [await someoneLeaving(), await someoneLeaving()];
  bench.faults.mail = new Error('the mail server is away');
  await expect(run(poison.me)).rejects.toThrow('away');
  bench.faults.mail = undefined;
  const added: string[] = [];
  const queue = {
    ...bench.deps.queue,
    add: async (_: string, data: unknown) => void added.push(JSON.stringify(data)),
  };
  await sweepAccounts({ ...bench.deps, queue: queue as unknown as typeof bench.deps.queue });
  expect(added).toEqual([JSON.stringify({ userId: fine.me })]);
  const later = { now: () => new Date(Date.now() + 31 * MINUTE) };
  await sweepAccounts({ ...bench.deps, ...later, queue: queue as unknown as typeof bench.deps.queue });
  expect(added).toContain(JSON.stringify({ userId: poison.me }));
  for (const { me } of [poison, fine]) await run(me);
});
