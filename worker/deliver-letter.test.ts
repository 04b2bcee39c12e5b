import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MINUTE } from '#core/durations.ts';
import { newId } from '#core/id.ts';
import { letterDeliver } from '#server/letters/letter.jobs.ts';
import { MailRefused } from '#server/mail/mailer.ts';
import { enqueue } from '#server/queue/enqueue.ts';
import { FakeClock } from '#tests/support/fake-clock.ts';
import { createWorkerBench, type WorkerBench } from '#tests/support/worker-deps.ts';
import { createWorker } from '#worker/create-worker.ts';
import { deliverLetter } from '#worker/deliver-letter.ts';
import { notifyByEmail } from '#worker/notify-by-email.ts';

let clock: FakeClock;
let bench: WorkerBench;
let alpha: string;
let beta: string;

beforeEach(async () => {
  clock = new FakeClock();
  bench = await createWorkerBench(clock);
  alpha = await bench.addUser('alpha');
  beta = await bench.addUser('beta');
});
afterEach(() => bench.close());

const status = async (id: string) => (await bench.stores.letters.findById(id))?.status;
const waiting = () => bench.driver.queue.getJobCounts('waiting');

describe('delivering', () => {
  test('a queued letter is delivered, and its notification enqueued', async () => {
    const letterId = await bench.addLetter(alpha, beta);
    expect(await deliverLetter(bench.deps, { letterId })).toBe('delivered');
    expect(await bench.stores.letters.findById(letterId)).toMatchObject({
      status: 'delivered',
      deliveredAt: expect.any(Date),
    });
    expect(await waiting()).toEqual({ waiting: 1 });
  });

  test('five deliveries at once are one delivery and one notice', async () => {
    const letterId = await bench.addLetter(alpha, beta);
    await Promise.all(Array.from({ length: 5 }, () => deliverLetter(bench.deps, { letterId })));
    expect(bench.logged.filter(({ event }) => event === 'letter delivered')).toHaveLength(1);
    expect(await waiting()).toEqual({ waiting: 1 });
  });

  test('an attempt that died after delivering is made up for: the notification is enqueued', async () => {
    const letterId = await bench.addLetter(alpha, beta);
    await bench.stores.letters.markDelivered(letterId, at(), dueNow());
    await deliverLetter(bench.deps, { letterId });
    expect(await waiting()).toEqual({ waiting: 1 });
  });

  test('a letter that was told of, read, or is gone asks for no notice', async () => {
    const told = await bench.addLetter(alpha, beta);
    await bench.stores.letters.markDelivered(told, at(), dueNow());
    await bench.stores.notifications.claim('email', told, at());
    const read = await bench.addLetter(alpha, beta);
    await bench.stores.letters.markDelivered(read, at(), dueNow());
    await bench.stores.letters.markRead(read, beta, at(), new Uint8Array(8));
    for (const letterId of [told, read, newId()]) await deliverLetter(bench.deps, { letterId });
    expect(await waiting()).toEqual({ waiting: 0 });
  });

  test('a letter to nobody fails, with a reason its author sees', async () => {
    const letterId = await bench.addLetter(alpha, newId());
    await deliverLetter(bench.deps, { letterId });
    expect(await bench.stores.letters.findById(letterId)).toMatchObject({
      status: 'failed',
      failureReason: 'receiver-gone',
    });
  });
});

describe('telling by e-mail', () => {
  async function deliveredLetter(): Promise<string> {
    const letterId = await bench.addLetter(alpha, beta);
    await bench.stores.letters.markDelivered(letterId, at(), dueNow());
    return letterId;
  }

  test('the receiver is told who wrote and where to read it', async () => {
    const letterId = await deliveredLetter();
    expect(await notifyByEmail(bench.deps, { letterId })).toBe('told');
    expect(bench.mails).toMatchObject([{ to: 'beta@example.test', subject: 'alpha sent you a letter' }]);
    expect(bench.mails[0]?.text).toContain(`https://bff.example.test/letters/${letterId}`);
  });

  test('once, however often and however many at a time the job runs', async () => {
    const letterId = await deliveredLetter();
    await Promise.all(Array.from({ length: 5 }, () => notifyByEmail(bench.deps, { letterId })));
    await notifyByEmail(bench.deps, { letterId });
    expect(bench.mails).toHaveLength(1);
  });

  test('a mail that did not go out is tried again and then goes out once', async () => {
    const letterId = await deliveredLetter();
    bench.faults.mail = new Error('connection refused');
    await expect(notifyByEmail(bench.deps, { letterId })).rejects.toThrow('connection refused');
    bench.faults.mail = undefined;
    await notifyByEmail(bench.deps, { letterId });
    await notifyByEmail(bench.deps, { letterId });
    expect(bench.mails).toHaveLength(1);
  });

  test('a refused address is given up on at once', async () => {
    const letterId = await deliveredLetter();
    bench.faults.mail = new MailRefused('The mail server refused the address (550).');
    await expect(notifyByEmail(bench.deps, { letterId })).rejects.toMatchObject({
      name: 'UnrecoverableError',
    });
    expect(await notifyByEmail(bench.deps, { letterId })).toBe('known already');
  });

  test('before the delivery it is too early: the job is tried again', async () => {
    const letterId = await bench.addLetter(alpha, beta);
    await expect(notifyByEmail(bench.deps, { letterId })).rejects.toThrow('not delivered yet');
  });

  test('nobody is mailed at an address they have not verified', async () => {
    const gamma = await bench.addUser('gamma', false);
    const letterId = await bench.addLetter(alpha, gamma);
    await bench.stores.letters.markDelivered(letterId, at(), dueNow());
    expect(await notifyByEmail(bench.deps, { letterId })).toBe('not wanted');
    expect(bench.mails).toEqual([]);
  });
});

describe('the worker', () => {
  test('at its start it sweeps up what a crash left behind: queued letters and untold receivers', async () => {
    const queued = await bench.addLetter(alpha, beta);
    const untold = await bench.addLetter(alpha, beta);
    await bench.stores.letters.markDelivered(untold, at(), dueNow());
    await clock.advance(MINUTE);
    const worker = createWorker(bench.driver, bench.deps);
    await clock.advance(0);
    await until(async () => bench.mails.length === 2);
    expect(await status(queued)).toBe('delivered');
    await clock.advance(10 * MINUTE);
    expect(bench.mails).toHaveLength(2);
    await worker.close();
  });

  test('a letter that never reached the queue is delivered by a later sweep', async () => {
    const worker = createWorker(bench.driver, bench.deps);
    await clock.advance(MINUTE);
    const letterId = await bench.addLetter(alpha, beta);
    await clock.advance(2 * MINUTE);
    await until(async () => bench.mails.length === 1);
    expect(await status(letterId)).toBe('delivered');
    await worker.close();
  });

  test('the mail server is down for a minute: everybody is told once', async () => {
    bench.faults.mail = new Error('down');
    const worker = createWorker(bench.driver, bench.deps);
    const letters = await Promise.all(Array.from({ length: 5 }, () => bench.addLetter(alpha, beta)));
    for (const letterId of letters) await bench.driver.queue.add('letter.deliver', { letterId });
    // Five mails, and the three jobs that repeat.
    await until(async () => (await bench.driver.queue.getJobCounts('delayed')).delayed === 8);
    await clock.advance(MINUTE);
    expect(bench.mails).toEqual([]);
    bench.faults.mail = undefined;
    for (let minute = 0; minute < 10; minute += 1) {
      await clock.advance(MINUTE);
      await idle();
    }
    expect(bench.mails).toHaveLength(5);
    expect(new Set(bench.mails.map(({ text }) => text)).size).toBe(5);
    await worker.close();
  });

  test.each<[string, string, unknown]>([
    ['an unknown job', 'letter.burn', {}],
    ['a payload without its id', 'letter.deliver', {}],
    ['an id that is none', 'letter.deliver', { letterId: { $ne: null } }],
    ['a payload with content', 'letter.notify.email', { letterId: 'a'.repeat(24), title: 'Hello' }],
  ])('%s fails at once and for good', async (_, name, data) => {
    const worker = createWorker(bench.driver, bench.deps);
    const { id } = await bench.driver.queue.add(name, data, { attempts: 5, backoff: 10 });
    await until(async () => (await (await bench.driver.queue.getJob(id))?.getState()) === 'failed');
    expect(await bench.driver.queue.getJob(id)).toMatchObject({ attemptsMade: 1 });
    await worker.close();
  });

  test('a delivery that fails for an hour is shown to the author, who can send it again', async () => {
    const letterId = await bench.addLetter(alpha, beta);
    const { findById } = bench.deps.stores.users;
    bench.deps.stores.users.findById = async () => {
      throw new Error('broken');
    };
    const worker = createWorker(bench.driver, bench.deps);
    await enqueue(bench.driver.queue, letterDeliver, { letterId });
    await elapse(10);
    expect(await status(letterId)).toBe('queued');
    await elapse(55);
    expect(await status(letterId)).toBe('failed');
    bench.deps.stores.users.findById = findById;
    await bench.stores.letters.requeue(letterId, alpha);
    await elapse(3);
    expect(await status(letterId)).toBe('delivered');
    await worker.close();
  });
});

async function elapse(minutes: number): Promise<void> {
  for (let half = 0; half < 2 * minutes; half += 1) {
    await clock.advance(MINUTE / 2);
    await idle();
  }
}

function at(): Date {
  return new Date(clock.now());
}

function dueNow() {
  return { email: at(), sms: null };
}

async function idle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 20));
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 250; turn += 1) {
    if (await condition()) return;
    await idle();
  }
  throw new Error('waited in vain');
}
