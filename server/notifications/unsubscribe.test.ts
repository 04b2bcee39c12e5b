import { afterEach, beforeEach, expect, test } from 'vitest';
import { toBase64Url } from '#core/bytes.ts';
import { readUnsubscribeToken, unsubscribe, unsubscribeUrl } from '#server/notifications/unsubscribe.ts';
import { createNoticeBench, type NoticeBench } from '#tests/support/notification-bench.ts';
import { createServerKeys } from '#tests/support/server-keys.ts';

let bench: NoticeBench;
beforeEach(async () => {
  bench = await createNoticeBench();
});
afterEach(() => bench.close());

/** The bench's stores are all there are. */
const deps = () => ({ ...bench.deps, stores: bench.stores });
const tokenOf = async (userId: string) => (await unsubscribeUrl(bench.deps, userId)).split('/').at(-1) ?? '';

test('the link of a mail switches mails off for its receiver and leaves the rest alone', async () => {
  await bench.wish({ quietFrom: 60, quietTo: 120, digestHour: 7 });
  const token = await tokenOf(bench.beta);
  await unsubscribe(deps(), token);
  await unsubscribe(deps(), token);
  const after = { email: 'off', sms: 'on', quietFrom: 60, quietTo: 120, digestHour: 7 };
  expect(await bench.stores.notificationSettings.find(bench.beta)).toMatchObject(after);
  expect(await bench.stores.notificationSettings.find(bench.alpha)).toMatchObject({ email: 'each' });
  bench.start();
  await bench.sendLetters(1);
  expect([bench.mails.length, bench.texts.length]).toEqual([0, 1]);
});

test('with any character changed, cut off or added the link does nothing', async () => {
  const token = await tokenOf(bench.beta);
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const others = [...token].map((character, at) => {
    const other = alphabet[(alphabet.indexOf(character) + 17) % alphabet.length];
    return token.slice(0, at) + other + token.slice(at + 1);
  });
  for (const wrong of [
    ...others,
    token.slice(0, -1),
    `${token}A`,
    '',
    '%00',
    toBase64Url(new Uint8Array(44)),
  ]) {
    await expect(unsubscribe(deps(), wrong)).rejects.toMatchObject({ code: 'not-found' });
  }
  expect(await bench.stores.notificationSettings.find(bench.beta)).toMatchObject({ email: 'each' });
});

test('is bound to its purpose and to this installation', async () => {
  const { serverKeys } = bench.deps;
  const forged = await unsubscribeUrl(
    {
      ...bench.deps,
      serverKeys: { hashToken: (text) => serverKeys.hashToken(text.replace(/^[^:]+/, 'verify-email')) },
    },
    bench.beta,
  );
  const elsewhere = await createServerKeys('another secret for tests, also thirty-two characters');
  const foreign = await unsubscribeUrl({ ...bench.deps, serverKeys: elsewhere }, bench.beta);
  for (const url of [forged, foreign]) {
    const token = url.split('/').at(-1) ?? '';
    await expect(readUnsubscribeToken(bench.deps, token)).rejects.toMatchObject({ code: 'not-found' });
  }
});
