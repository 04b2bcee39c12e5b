import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SmsRefused } from '#server/sms/sms-sender.ts';
import { createTwilioSender } from '#server/sms/twilio.ts';
import { createNoticeBench, type NoticeBench, number } from '#tests/support/notification-bench.ts';
import { LocalTwilio, twilioAccount } from '#tests/support/twilio-server.ts';
import { deliverLetter } from '#worker/deliver-letter.ts';
import { notifyBySms } from '#worker/notify-by-sms.ts';

let bench: NoticeBench;
beforeEach(async () => {
  bench = await createNoticeBench();
});
afterEach(() => bench.close());

const letterOf = async (id: string) => (await bench.stores.letters.findById(id)) ?? expect.fail();

describe('telling by text', () => {
  test('the receiver is told who wrote and where to read it, by both channels, and nothing of what', async () => {
    await bench.wish({});
    bench.start();
    const [letterId] = await bench.sendLetters(1);
    const link = `https://bff.example.test/letters/${letterId}`;
    expect(bench.texts).toEqual([{ to: number, text: `alpha sent you a letter on Project BFF: ${link}` }]);
    expect(bench.mails).toMatchObject([{ subject: 'alpha sent you a letter' }]);
  });

  test('the longest names fit into one message of plain letters', async () => {
    await bench.wish({});
    const longest = await bench.addUser('a_name_of_15_ch');
    const letterId = await bench.addLetter(longest, bench.beta);
    await deliverLetter(bench.deps, { letterId });
    await notifyBySms(bench.deps, { letterId });
    const [{ text = '' } = {}] = bench.texts;
    expect(text.length).toBeLessThanOrEqual(160);
    // The part of GSM 03.38 that is also ASCII; anything else would halve what fits.
    expect(text).toMatch(/^[\n !"#$%&'()*+,\-./0-9:;<=>?@A-Z_a-z]*$/);
  });

  test('once by each channel, however often and however many at a time the jobs run', async () => {
    await bench.wish({});
    const letterId = await bench.addLetter(bench.alpha, bench.beta);
    await Promise.all(Array.from({ length: 5 }, () => deliverLetter(bench.deps, { letterId })));
    await Promise.all(Array.from({ length: 5 }, () => notifyBySms(bench.deps, { letterId })));
    await deliverLetter(bench.deps, { letterId });
    bench.start();
    await bench.pass(3);
    expect([bench.texts.length, bench.mails.length]).toEqual([1, 1]);
  });

  test('nobody is texted who did not ask for it, or at a number that is not shown to be theirs', async () => {
    bench.start();
    await bench.sendLetters(1);
    await bench.wish({ sms: 'off' });
    await bench.sendLetters(1);
    await bench.wish({ verifiedMobile: '+4915550100199' });
    await bench.sendLetters(1);
    await bench.wish({ sms: 'stopped' });
    const [last = ''] = await bench.sendLetters(1);
    await bench.pass(3);
    expect(bench.texts).toEqual([]);
    expect(bench.mails).toHaveLength(4);
    expect(await letterOf(last)).toMatchObject({ smsDueAt: null, smsNoticeAt: null });
  });

  test('what is switched off in the meantime is not sent, and not looked at again', async () => {
    await bench.wish({});
    const letterId = await bench.addLetter(bench.alpha, bench.beta);
    await deliverLetter(bench.deps, { letterId });
    await bench.wish({ sms: 'off' });
    expect(await notifyBySms(bench.deps, { letterId })).toBe('not wanted');
    expect(await letterOf(letterId)).toMatchObject({ smsDueAt: null, smsNoticeAt: null });
  });

  test('a letter that was read before its text went out needs none', async () => {
    await bench.wish({});
    const letterId = await bench.addLetter(bench.alpha, bench.beta);
    await deliverLetter(bench.deps, { letterId });
    await bench.stores.letters.markRead(letterId, bench.beta, bench.deps.now(), new Uint8Array(8));
    expect(await notifyBySms(bench.deps, { letterId })).toBe('known already');
    expect(await letterOf(letterId)).toMatchObject({ smsDueAt: null });
  });

  test('an installation that sends no texts any more calls them off', async () => {
    await bench.wish({});
    const letterId = await bench.addLetter(bench.alpha, bench.beta);
    await deliverLetter(bench.deps, { letterId });
    bench.useSms(null);
    expect(await notifyBySms(bench.deps, { letterId })).toBe('no texts here');
    expect(await letterOf(letterId)).toMatchObject({ smsDueAt: null });
  });
});

describe('a text that is refused', () => {
  test.each(['stopped', 'bad-number'] as const)(
    'because of the number (%s) is the last one',
    async (reason) => {
      await bench.wish({});
      bench.smsFaults.sms = new SmsRefused(reason, '21610');
      bench.start();
      await bench.sendLetters(3);
      bench.smsFaults.sms = undefined;
      await bench.sendLetters(2);
      await bench.pass(3);
      expect(bench.texts).toEqual([]);
      expect(bench.mails).toHaveLength(5);
      expect(await bench.stores.notificationSettings.find(bench.beta)).toMatchObject({ sms: reason });
      expect(bench.logged.filter(({ event }) => event === 'texts switched off')).toMatchObject([
        { fields: { userId: bench.beta, reason } },
      ]);
    },
  );

  test('for another reason is given up, and says nothing against the number', async () => {
    await bench.wish({});
    bench.smsFaults.sms = new SmsRefused('other', '21617');
    const letterId = await bench.addLetter(bench.alpha, bench.beta);
    await deliverLetter(bench.deps, { letterId });
    await expect(notifyBySms(bench.deps, { letterId })).rejects.toMatchObject({ name: 'UnrecoverableError' });
    expect(await notifyBySms(bench.deps, { letterId })).toBe('known already');
    expect(await bench.stores.notificationSettings.find(bench.beta)).toMatchObject({ sms: 'on' });
  });
});

describe('Twilio', () => {
  let twilio: LocalTwilio;
  beforeEach(async () => {
    twilio = await new LocalTwilio().start();
    bench.useSms(createTwilioSender({ ...twilioAccount, httpClient: twilio.client(200) }));
    await bench.wish({});
  });
  afterEach(() => twilio.stop());

  test('is down for a minute: everybody is told once', async () => {
    twilio.outage = { status: 503 };
    bench.start();
    const letters = await bench.sendLetters(5);
    await bench.pass(1, 0.1);
    expect(twilio.messages).toEqual([]);
    expect(twilio.requests.length).toBeGreaterThan(10);
    twilio.outage = null;
    await bench.pass(6, 2);
    const told = twilio.messages.map(({ body }) => body.slice(-24));
    expect(told.sort()).toEqual(letters.sort());
  });

  test('is down for a while, with a restart in between: everybody is told once', async () => {
    twilio.outage = { status: 500 };
    bench.start();
    const letters = await bench.sendLetters(3);
    await bench.pass(6, 3);
    await bench.restart();
    await bench.pass(6, 3);
    twilio.outage = null;
    await bench.pass(6, 2);
    expect(twilio.messages).toHaveLength(letters.length);
    expect(bench.mails).toHaveLength(letters.length);
  });

  test('takes the texts and loses the answers: nobody is told twice', async () => {
    twilio.faults.push(
      { lost: 'drop', taken: true },
      { lost: 'drop', taken: false },
      { lost: 'drop', taken: true },
    );
    bench.start();
    const letters = await bench.sendLetters(3);
    await bench.pass(3);
    const told = twilio.messages.map(({ body }) => body.slice(-24));
    expect(told.sort()).toEqual(letters.sort());
  });

  test('says the person has answered STOP: no second text is tried', async () => {
    twilio.stopped.add(number);
    bench.start();
    await bench.sendLetters(1);
    await bench.sendLetters(1);
    await bench.pass(3);
    expect(twilio.requests).toHaveLength(1);
    expect(await bench.stores.notificationSettings.find(bench.beta)).toMatchObject({ sms: 'stopped' });
  });
});

test('Twilio takes a text and finds out afterwards that its receiver has said stop: it is the last one', async () => {
  const twilio = await new LocalTwilio().start();
  bench.useSms(createTwilioSender({ ...twilioAccount, httpClient: twilio.client(200) }));
  await bench.wish({});
  twilio.failsLater.set(number, 21610);
  bench.start();
  await bench.sendLetters(1);
  expect(await bench.stores.notificationSettings.find(bench.beta)).toMatchObject({ sms: 'on' });
  await bench.pass(2);
  expect(await bench.stores.notificationSettings.find(bench.beta)).toMatchObject({ sms: 'stopped' });
  await bench.sendLetters(1);
  expect(twilio.messages).toHaveLength(1);
  await twilio.stop();
});

test('who has blocked the author since is told nothing', async () => {
  await bench.wish({});
  const { friendships } = bench.stores;
  await friendships.insertRequest({ requestedBy: bench.alpha, userId: bench.beta, at: bench.deps.now() });
  await friendships.accept(bench.alpha, bench.beta, bench.beta, bench.deps.now());
  const letterId = await bench.addLetter(bench.alpha, bench.beta);
  await deliverLetter(bench.deps, { letterId });
  await friendships.setBlocked(bench.alpha, bench.beta, bench.beta, bench.deps.now());
  bench.start();
  await bench.pass(1);
  expect([bench.texts.length, bench.mails.length]).toEqual([0, 0]);
});

test('no number, no link and no words of a text are in the log or the queue', async () => {
  await bench.wish({});
  bench.smsFaults.sms = new Error(`could not text ${number}`);
  const queued: string[] = [];
  const { add } = bench.deps.queue;
  bench.deps.queue.add = async (name, data, opts) => {
    queued.push(JSON.stringify({ name, data, opts }));
    return add(name, data, opts);
  };
  bench.start();
  await bench.sendLetters(1);
  bench.smsFaults.sms = undefined;
  await bench.pass(2);
  expect(bench.texts).toHaveLength(1);
  expect(queued.length).toBeGreaterThan(1);
  expect(JSON.stringify([bench.logged, queued])).not.toMatch(/\+?4915550|letters\/|sent you/);
});
