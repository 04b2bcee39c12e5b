import { MINUTE } from '#core/durations.ts';
import type { NoticeSettings } from '#server/notifications/notification-settings.store.ts';
import { createMemoryQueue } from '#server/queue/memory.ts';
import type { SmsSender, TextMessage } from '#server/sms/sms-sender.ts';
import { FakeClock } from '#tests/support/fake-clock.ts';
import { createWorkerBench } from '#tests/support/worker-deps.ts';
import { createWorker } from '#worker/create-worker.ts';

/** Beta's, in every test. */
export const number = '+4915550100100';

type Wishes = Partial<Omit<NoticeSettings, 'id'>> & { timeZone?: string };

/**
 * Alpha writes, beta is told: a real store and queue, a real worker, collected mails and texts, and a clock moved by hand
 * that begins at midnight UTC on 1 January 2026.
 */
export async function createNoticeBench() {
  const clock = new FakeClock();
  const bench = await createWorkerBench(clock);
  const texts: TextMessage[] = [];
  const faults: { sms?: Error | undefined } = {};
  bench.deps.sms = {
    async send(message) {
      if (faults.sms) throw faults.sms;
      texts.push(message);
      return null;
    },
    outcome: async () => null,
  };
  const [alpha, beta] = [await bench.addUser('alpha'), await bench.addUser('beta')];
  let driver = bench.driver;
  let worker: ReturnType<typeof createWorker> | undefined;

  const idle = async () => {
    for (let calm = 0; calm < 3; ) {
      await new Promise((resolve) => setTimeout(resolve, 3));
      const { waiting = 0, active = 0 } = await driver.queue.getJobCounts('waiting', 'active');
      calm = waiting + active === 0 ? calm + 1 : 0;
    }
  };

  return {
    ...bench,
    clock,
    alpha,
    beta,
    texts,
    smsFaults: faults,
    /** Beta's settings; `number` is confirmed and texts are on, unless told otherwise. */
    async wish({ timeZone, ...wishes }: Wishes): Promise<void> {
      const settings = { sms: 'on', verifiedMobile: number, ...wishes } as const;
      await bench.stores.notificationSettings.save(beta, settings, bench.deps.now());
      await bench.stores.users.setMobile(beta, number);
      if (timeZone) await bench.stores.users.setTimeZone(beta, timeZone);
    },
    useSms(sender: SmsSender | null): void {
      bench.deps.sms = sender;
    },
    start(): void {
      worker = createWorker(driver, bench.deps);
    },
    /** The process ends, its queue forgets everything, and another one starts on the same data. */
    async restart(): Promise<void> {
      await worker?.close();
      await driver.close();
      driver = createMemoryQueue({ timers: clock });
      bench.deps.queue = driver.queue;
      worker = createWorker(driver, bench.deps);
    },
    /** Has letters of alpha's delivered to beta by the worker, now. */
    async sendLetters(count: number): Promise<string[]> {
      const letters: string[] = [];
      for (let i = 0; i < count; i += 1) letters.push(await bench.addLetter(alpha, beta));
      for (const letterId of letters) await driver.queue.add('letter.deliver', { letterId });
      await idle();
      return letters;
    },
    idle,
    /** Lets time go by, a step at a time, so that what each step starts can end. */
    async pass(minutes: number, step = 1): Promise<void> {
      for (let passed = 0; passed < minutes; passed += step) {
        await clock.advance(Math.min(step, minutes - passed) * MINUTE);
        await idle();
      }
    },
    async close(): Promise<void> {
      await worker?.close();
      if (driver !== bench.driver) await driver.close();
      await bench.close();
    },
  };
}

export type NoticeBench = Awaited<ReturnType<typeof createNoticeBench>>;
