import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SmsRefused, type SmsSender, SmsUnavailable } from '#server/sms/sms-sender.ts';
import { createTwilioSender } from '#server/sms/twilio.ts';
import { LocalTwilio, twilioAccount } from '#tests/support/twilio-server.ts';

const to = '+4915550100100';
const text =
  'alpha sent you a letter on Project BFF: https://bff.example.test/letters/0123456789abcdef01234567';

let server: LocalTwilio;
let sender: SmsSender;

beforeEach(async () => {
  server = await new LocalTwilio().start();
  sender = createTwilioSender({ ...twilioAccount, httpClient: server.client(150) });
});
afterEach(() => server.stop());

const failure = (sending: Promise<unknown>): Promise<unknown> =>
  sending.then(
    () => 'sent',
    (error) => error,
  );
const creates = () => server.requests.filter((request) => request.startsWith('POST')).length;

describe('a text by Twilio', () => {
  test('is posted with the account’s credentials, by its messaging service, word for word', async () => {
    const words = 'Grüße & more: 100 % “sealed”\n\n@bff.example.test #123456';
    await sender.send({ to, text: words });
    const { messagingServiceSid } = twilioAccount;
    expect(server.messages).toMatchObject([{ to, body: words, messagingServiceSid }]);
    expect(server.requests).toEqual([`POST /2010-04-01/Accounts/${twilioAccount.accountSid}/Messages.json`]);
  });

  test('to somebody who said stop is refused for good', async () => {
    server.stopped.add(to);
    const error = await failure(sender.send({ to, text }));
    expect(error).toBeInstanceOf(SmsRefused);
    expect(error).toMatchObject({ reason: 'stopped', code: '21610' });
    expect(creates()).toBe(1);
  });

  test('to what is no number, or no mobile one, is refused for good', async () => {
    expect(await failure(sender.send({ to: '+1', text }))).toMatchObject({
      reason: 'bad-number',
      code: '21211',
    });
    server.landlines.add(to);
    expect(await failure(sender.send({ to, text }))).toMatchObject({ reason: 'bad-number', code: '21614' });
  });

  test('that is refused for what it is says nothing against its receiver', async () => {
    expect(await failure(sender.send({ to, text: 'x'.repeat(1601) }))).toMatchObject({
      name: 'SmsRefused',
      reason: 'other',
    });
  });

  test.each([429, 500, 503])('may be tried again after an answer of %i', async (status) => {
    server.faults.push({ status, code: status === 429 ? 20429 : 20500 });
    expect(await failure(sender.send({ to, text }))).toBeInstanceOf(SmsUnavailable);
    await sender.send({ to, text });
    expect(server.messages).toHaveLength(1);
  });

  test('may be tried again when something else answers than Twilio', async () => {
    server.faults.push({ status: 502, html: true });
    expect(await failure(sender.send({ to, text }))).toMatchObject({ name: 'SmsUnavailable', code: '502' });
  });

  test('may be tried again with the right password', async () => {
    const wrong = { ...twilioAccount, authToken: 'wrong', httpClient: server.client() };
    expect(await failure(createTwilioSender(wrong).send({ to, text }))).toMatchObject({
      name: 'SmsUnavailable',
      code: '20003',
    });
    expect(server.messages).toEqual([]);
  });

  test.each(['hang', 'drop'] as const)(
    'that was not taken and not answered (%s) may be tried again',
    async (lost) => {
      server.faults.push({ lost, taken: false });
      expect(await failure(sender.send({ to, text }))).toBeInstanceOf(SmsUnavailable);
      expect(server.messages).toEqual([]);
    },
  );

  test.each(['hang', 'drop'] as const)(
    'that was taken, though the answer was lost (%s), is sent',
    async (lost) => {
      server.faults.push({ lost, taken: true });
      const id = await sender.send({ to, text });
      expect(server.messages).toMatchObject([{ sid: id }]);
    },
  );

  test('an earlier one with other words does not count as this one', async () => {
    await sender.send({ to, text: `${text} (another)` });
    server.faults.push({ lost: 'hang', taken: false });
    expect(await failure(sender.send({ to, text }))).toBeInstanceOf(SmsUnavailable);
  });

  test('is not looked for when no connection was made', async () => {
    const httpClient = server.client(150);
    await server.stop();
    const error = await failure(createTwilioSender({ ...twilioAccount, httpClient }).send({ to, text }));
    expect(error).toMatchObject({ name: 'SmsUnavailable', code: 'ECONNREFUSED' });
    await server.start();
  });

  test('that was taken and then refused for its number is known by its id', async () => {
    const id = (await sender.send({ to, text })) ?? expect.fail('no id');
    expect(await sender.outcome(id)).toBeNull();
    server.failsLater.set(to, 21610);
    expect(await sender.outcome(id)).toEqual({ to, reason: 'stopped' });
    server.failsLater.set(to, 30007);
    expect(await sender.outcome(id)).toBeNull();
    expect(await failure(sender.outcome(`SM${'0'.repeat(32)}`))).toMatchObject({ name: 'SmsRefused' });
    server.outage = { status: 503 };
    expect(await failure(sender.outcome(id))).toMatchObject({ name: 'SmsUnavailable' });
  });

  test('is on nobody’s lips when it fails: no number, no words, no password in any error', async () => {
    server.stopped.add('+4915550100101');
    server.faults.push({ status: 500 }, { lost: 'hang', taken: false });
    const failures = [
      await failure(sender.send({ to, text })),
      await failure(sender.send({ to, text })),
      await failure(sender.send({ to: '+4915550100101', text })),
      await failure(sender.send({ to: '+1999', text })),
    ];
    for (const error of failures) {
      expect(error).toBeInstanceOf(Error);
      const { name, message, stack, cause } = error as Error;
      const told = JSON.stringify([name, message, stack, cause, { ...(error as Error) }]);
      expect(told).not.toMatch(/\+49|\+1999|letters\/|the token of/);
    }
  });
});
