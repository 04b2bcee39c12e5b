import { afterEach, beforeEach, expect, test } from 'vitest';
import { createNoticeBench, type NoticeBench } from '#tests/support/notification-bench.ts';
import { notifyFriend } from '#worker/notify-friend.ts';

let bench: NoticeBench;
beforeEach(async () => {
  bench = await createNoticeBench();
  await bench.wish({});
});
afterEach(() => bench.close());

/** Alpha asks beta, who is to be told now. */
async function ask(): Promise<string> {
  const { alpha, beta, stores, deps } = bench;
  const at = deps.now();
  await stores.friendships.insertRequest({ requestedBy: alpha, userId: beta, at, noticeDueAt: at });
  return (await stores.friendships.find(alpha, beta))?.id ?? expect.fail();
}
const accept = async () => {
  const at = bench.deps.now();
  await bench.stores.friendships.accept(bench.alpha, bench.beta, bench.beta, at, at);
};
const dueOf = async (id: string) => (await bench.stores.friendships.findById(id))?.noticeDueAt;

test('a request is told to who was asked, and its acceptance to who asked, by name', async () => {
  const friendshipId = await ask();
  expect(await notifyFriend(bench.deps, { friendshipId })).toBe('told');
  await accept();
  expect(await notifyFriend(bench.deps, { friendshipId })).toBe('told');
  const [request, acceptance] = bench.mails;
  expect(request).toMatchObject({
    to: 'beta@example.test',
    subject: 'alpha would like to write to you',
    text: expect.stringContaining('/friends\n'),
    listUnsubscribe: expect.stringContaining('/unsubscribe/'),
  });
  expect(acceptance).toMatchObject({
    to: 'alpha@example.test',
    subject: 'beta accepted your request',
    text: expect.stringContaining('/write?to=beta'),
  });
  expect(request?.messageId).not.toBe(acceptance?.messageId);
});

test('twenty workers that come upon it at once tell it once, and so does one that is started again', async () => {
  const friendshipId = await ask();
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, () => notifyFriend(bench.deps, { friendshipId })),
  );
  expect(outcomes.filter((outcome) => outcome === 'told')).toHaveLength(1);
  expect(await notifyFriend(bench.deps, { friendshipId })).toBe('known already');
  expect(bench.mails).toHaveLength(1);
});

test('what the queue has lost is found by the sweeper', async () => {
  bench.start();
  await ask();
  await bench.pass(3);
  expect(bench.mails).toHaveLength(1);
});

test('quiet hours put it off until they are over', async () => {
  // It is midnight.
  await bench.wish({ quietFrom: 23 * 60, quietTo: 60 });
  bench.start();
  const friendshipId = await ask();
  expect(await notifyFriend(bench.deps, { friendshipId })).toBe('quiet hours');
  await bench.pass(58, 29);
  expect(bench.mails).toHaveLength(0);
  await bench.pass(5);
  expect(bench.mails).toHaveLength(1);
});

test.each([
  ['is declined', (b: NoticeBench) => b.stores.friendships.decline(b.alpha, b.beta, b.beta, b.deps.now())],
  ['is taken back', (b: NoticeBench) => b.stores.friendships.remove(b.alpha, b.beta, b.alpha, b.deps.now())],
  [
    'comes from someone blocked',
    (b: NoticeBench) => b.stores.friendships.setBlocked(b.alpha, b.beta, b.beta, b.deps.now()),
  ],
  ['is not wanted by email', (b: NoticeBench) => b.wish({ email: 'off' })],
])('a request that %s tells nobody, then or later', async (_, change) => {
  const friendshipId = await ask();
  await change(bench);
  expect(await notifyFriend(bench.deps, { friendshipId })).toMatch(/^(not wanted|known already)$/);
  expect((await dueOf(friendshipId)) ?? null).toBeNull();
  expect(bench.mails).toEqual([]);
});

test('a mail server that is away is tried again', async () => {
  const friendshipId = await ask();
  const { send } = bench.deps.mailer;
  bench.deps.mailer.send = () => Promise.reject(new Error('away'));
  await expect(notifyFriend(bench.deps, { friendshipId })).rejects.toThrow('away');
  expect(await dueOf(friendshipId)).toEqual(bench.deps.now());
  bench.deps.mailer.send = send;
  expect(await notifyFriend(bench.deps, { friendshipId })).toBe('told');
});
