import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createNoticeBench, type NoticeBench } from '#tests/support/notification-bench.ts';
import { deliverLetter } from '#worker/deliver-letter.ts';
import { notifyByEmail } from '#worker/notify-by-email.ts';

/** Midnight UTC, when the clock of these tests begins, is 5:45 there. */
const zone = 'Asia/Kathmandu';
const night = { quietFrom: 22 * 60, quietTo: 7 * 60 + 30, timeZone: zone };
/** The first minute that is not quiet: 7:30 there. */
const morning = new Date('2026-01-01T01:45:00Z');

let bench: NoticeBench;
beforeEach(async () => {
  bench = await createNoticeBench();
  await bench.wish(night);
});
afterEach(() => bench.close());

const letterOf = async (id: string) => (await bench.stores.letters.findById(id)) ?? expect.fail();

describe('in quiet hours', () => {
  test('the letter is delivered at once, and its notifications wait for the morning', async () => {
    bench.start();
    const [letterId = ''] = await bench.sendLetters(1);
    expect(await letterOf(letterId)).toMatchObject({
      status: 'delivered',
      emailDueAt: morning,
      smsDueAt: morning,
    });
    const delayed = await bench.driver.queue.getJobCounts('delayed');
    await bench.pass(60 + 44, 52);
    expect([bench.mails.length, bench.texts.length]).toEqual([0, 0]);
    expect(delayed.delayed).toBeGreaterThanOrEqual(2);
    await bench.pass(1);
    expect([bench.mails.length, bench.texts.length]).toEqual([1, 1]);
  });

  test('a queue that forgets everything in between is made up for: told once, and not before the morning', async () => {
    bench.start();
    await bench.sendLetters(3);
    await bench.restart();
    await bench.pass(60 + 44, 52);
    expect([bench.mails.length, bench.texts.length]).toEqual([0, 0]);
    await bench.pass(3);
    expect([bench.mails.length, bench.texts.length]).toEqual([3, 3]);
  });

  test('a letter that is read in the night needs no notification in the morning', async () => {
    bench.start();
    const [letterId = ''] = await bench.sendLetters(1);
    await bench.stores.letters.markRead(letterId, bench.beta, bench.deps.now(), new Uint8Array(8));
    await bench.pass(2 * 60, 60);
    expect([bench.mails.length, bench.texts.length]).toEqual([0, 0]);
  });

  test('a job that comes upon quiet hours puts its notification off, and the sweeper finds it', async () => {
    await bench.wish({ quietFrom: null, quietTo: null });
    const letterId = await bench.addLetter(bench.alpha, bench.beta);
    await deliverLetter(bench.deps, { letterId });
    await bench.wish(night);
    expect(await notifyByEmail(bench.deps, { letterId })).toBe('quiet hours');
    expect(await letterOf(letterId)).toMatchObject({ emailDueAt: morning, emailNoticeAt: null });
    bench.start();
    await bench.pass(60 + 44, 52);
    expect([bench.mails.length, bench.texts.length]).toEqual([0, 0]);
    await bench.pass(3);
    expect([bench.mails.length, bench.texts.length]).toEqual([1, 1]);
  });
});

test('by day everybody is told at once', async () => {
  await bench.pass(2 * 60, 120);
  bench.start();
  await bench.sendLetters(1);
  expect([bench.mails.length, bench.texts.length]).toEqual([1, 1]);
});

test('a zone that this machine does not know counts as UTC, and delays no letter', async () => {
  await bench.wish({ ...night, timeZone: 'Moon/Tycho' });
  bench.start();
  const [letterId = ''] = await bench.sendLetters(1);
  expect(await letterOf(letterId)).toMatchObject({
    status: 'delivered',
    emailDueAt: new Date('2026-01-01T07:30:00Z'),
  });
});
