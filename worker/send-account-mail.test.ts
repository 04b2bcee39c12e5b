import { afterEach, beforeEach, expect, test } from 'vitest';
import { HOUR } from '#core/durations.ts';
import { MailRefused } from '#server/mail/mailer.ts';
import { createWorkerBench, type WorkerBench } from '#tests/support/worker-deps.ts';
import { sendAccountMail } from '#worker/send-account-mail.ts';

let bench: WorkerBench;

beforeEach(async () => {
  bench = await createWorkerBench();
});
afterEach(() => bench.close());

const send = (userId: string) => sendAccountMail(bench.deps, { userId, kind: 'verify-email' });
const tokenIn = (text = '') => /\/verify\/([A-Za-z0-9_-]{43})\n/.exec(text)?.[1] ?? expect.fail();
const consume = async (token: string, hours: number) =>
  bench.stores.tokens.consume(
    await bench.deps.serverKeys.hashToken(`verify-email:${token}`),
    'verify-email',
    new Date(Date.now() + hours * HOUR),
  );

test('the mailed token works once, within its day, and only its hash is stored', async () => {
  const userId = await bench.addUser('alpha', false);
  await send(userId);
  const token = tokenIn(bench.mails[0]?.text);
  expect(await consume(token, 23.9)).toMatchObject({ userId, purpose: 'verify-email' });
  expect(await consume(token, 0)).toBeNull();
});

test('after a day the token is too old', async () => {
  await send(await bench.addUser('alpha', false));
  expect(await consume(tokenIn(bench.mails[0]?.text), 24)).toBeNull();
});

test('a second mail has a link of its own, and the first works no more', async () => {
  const userId = await bench.addUser('alpha', false);
  await send(userId);
  await send(userId);
  const [first, second] = bench.mails.map(({ text }) => tokenIn(text));
  expect(first).not.toBe(second);
  expect(await consume(first ?? '', 1)).toBeNull();
  expect(await consume(second ?? '', 1)).toMatchObject({ userId, purpose: 'verify-email' });
});

test('who is verified already gets no mail', async () => {
  expect(await send(await bench.addUser('alpha'))).toBe('nothing to say');
  expect(bench.mails).toEqual([]);
});

test('an address that is another account’s gets no link; its owner is told', async () => {
  await bench.addUser('alpha', true, 'same@example.test');
  await send(await bench.addUser('beta', false, 'same@example.test'));
  expect(bench.mails).toHaveLength(1);
  expect(bench.mails[0]).toMatchObject({ to: 'same@example.test', subject: 'You already have an account' });
  expect(bench.mails[0]?.text).toContain('your account alpha');
  expect(bench.mails[0]?.text).not.toContain('/verify/');
});

test('a mail server that is away is tried again, one that refuses is not', async () => {
  const userId = await bench.addUser('alpha', false);
  bench.faults.mail = new Error('away');
  await expect(send(userId)).rejects.toMatchObject({ name: 'Error' });
  bench.faults.mail = new MailRefused('no such address');
  await expect(send(userId)).rejects.toMatchObject({ name: 'UnrecoverableError' });
});

test('no link and no address is in the log', async () => {
  await send(await bench.addUser('alpha', false));
  expect(JSON.stringify(bench.logged)).not.toMatch(/verify\/|example\.test/);
});
