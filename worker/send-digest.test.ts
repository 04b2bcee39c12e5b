import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MINUTE } from '#core/durations.ts';
import { MailRefused } from '#server/mail/mailer.ts';
import { createNoticeBench, type NoticeBench } from '#tests/support/notification-bench.ts';
import { sendDigest } from '#worker/send-digest.ts';

/** At 1:00, an hour after the clock of these tests begins. */
const daily = { email: 'daily', digestHour: 1, sms: 'off' } as const;

let bench: NoticeBench;
beforeEach(async () => {
  bench = await createNoticeBench();
  await bench.wish(daily);
});
afterEach(() => bench.close());

const subjects = () => bench.mails.map(({ subject }) => subject);
const run = () => sendDigest(bench.deps, { userId: bench.beta });
const mark = async (letterId: string) =>
  bench.stores.letters.markRead(letterId, bench.beta, bench.deps.now(), new Uint8Array(8));

describe('once a day', () => {
  test('one mail says how many letters wait, and nothing of them', async () => {
    bench.start();
    const letters = await bench.sendLetters(3);
    await bench.pass(60 - 1, 30);
    expect(bench.mails).toEqual([]);
    await bench.pass(2);
    expect(subjects()).toEqual(['3 letters are waiting for you']);
    const [mail] = bench.mails;
    expect(mail?.to).toBe('beta@example.test');
    expect(mail?.text).toContain('https://bff.example.test/inbox');
    expect(mail?.listUnsubscribe).toMatch(/^https:\/\/bff\.example\.test\/unsubscribe\/[\w-]{59}$/);
    const said = JSON.stringify(mail);
    for (const letterId of letters) expect(said).not.toContain(letterId);
    expect(said).not.toContain('alpha');
  });

  test('a letter that was read is not counted, and when all were read no mail comes', async () => {
    bench.start();
    const [first = '', second = ''] = await bench.sendLetters(2);
    await mark(first);
    await bench.pass(60 + 1, 61);
    expect(subjects()).toEqual(['1 letter is waiting for you']);
    await mark(second);
    const [third = ''] = await bench.sendLetters(1);
    await mark(third);
    await bench.stores.notificationSettings.save(bench.beta, { digestHour: 2 }, bench.deps.now());
    await bench.pass(60 + 1, 61);
    expect(bench.mails).toHaveLength(1);
  });

  test('what comes after the mail of the day waits for the next one, and is counted once', async () => {
    bench.start();
    await bench.sendLetters(1);
    await bench.pass(60 + 1, 61);
    const [later = ''] = await bench.sendLetters(1);
    expect(await bench.stores.letters.findById(later)).toMatchObject({
      emailDueAt: new Date('2026-01-02T01:00:00Z'),
    });
    await bench.pass(10, 5);
    expect(subjects()).toEqual(['1 letter is waiting for you']);
  });

  test('texts come for each letter all the same', async () => {
    await bench.wish({ ...daily, sms: 'on' });
    bench.start();
    await bench.sendLetters(2);
    expect([bench.mails.length, bench.texts.length]).toEqual([0, 2]);
  });
});

describe('the mail of the day', () => {
  /** Letters that wait for 1:00, and the time a moment later; no worker. */
  async function due(count: number): Promise<string[]> {
    bench.start();
    const letters = await bench.sendLetters(count);
    await bench.driver.queue.pause();
    await bench.clock.advance(61 * MINUTE);
    return letters;
  }

  test('goes out once when its job runs five times at once, and is not sent again', async () => {
    await due(4);
    const outcomes = await Promise.all(Array.from({ length: 5 }, run));
    expect(outcomes.filter((outcome) => outcome === 'told')).toHaveLength(1);
    await run();
    expect(subjects()).toEqual(['4 letters are waiting for you']);
  });

  test('that did not go out is tried again with all its letters', async () => {
    await due(2);
    bench.faults.mail = new Error('away');
    await expect(run()).rejects.toThrow('away');
    await expect(run()).rejects.toThrow('away');
    bench.faults.mail = undefined;
    expect(await run()).toBe('told');
    expect(subjects()).toEqual(['2 letters are waiting for you']);
  });

  test('that is refused for good is given up', async () => {
    await due(1);
    bench.faults.mail = new MailRefused('The address was refused.', '550');
    await expect(run()).rejects.toMatchObject({ name: 'UnrecoverableError' });
    bench.faults.mail = undefined;
    expect(await run()).toBe('nothing new');
  });

  test('is not sent to somebody who has changed their mind', async () => {
    await due(2);
    await bench.wish({ email: 'off', sms: 'off' });
    expect(await run()).toBe('not wanted');
    expect(bench.mails).toEqual([]);
  });

  test('survives a queue that forgets everything', async () => {
    bench.start();
    await bench.sendLetters(3);
    await bench.restart();
    await bench.pass(60 - 1, 59);
    expect(bench.mails).toEqual([]);
    await bench.pass(4);
    expect(subjects()).toEqual(['3 letters are waiting for you']);
  });

  test('waits for the end of quiet hours', async () => {
    await bench.wish({ ...daily, quietFrom: 22 * 60, quietTo: 120 });
    bench.start();
    await bench.sendLetters(1);
    await bench.pass(119, 60);
    expect(bench.mails).toEqual([]);
    await bench.pass(2);
    expect(subjects()).toEqual(['1 letter is waiting for you']);
  });
});

test('who wants a mail a letter again gets one for each that waits, when they are due', async () => {
  bench.start();
  await bench.sendLetters(2);
  await bench.wish({ email: 'each', sms: 'off' });
  await bench.pass(60 + 3, 63);
  await bench.pass(2);
  expect(subjects()).toEqual(['alpha sent you a letter', 'alpha sent you a letter']);
});
