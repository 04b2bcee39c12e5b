import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { MINUTE } from '#core/durations.ts';
import { createUserStore } from '#server/accounts/user.store.ts';
import type { Database } from '#server/db/client.ts';
import { createFriendshipStore } from '#server/friends/friendship.store.ts';
import { createLetterStore } from '#server/letters/letter.store.ts';
import { createNotificationSettingsStore } from '#server/notifications/notification-settings.store.ts';
import { createSamples } from './delivery-samples.ts';
import { LocalSmtp } from './smtp-server.ts';
import { LocalTwilio } from './twilio-server.ts';

/** A worker process that can be killed at any moment. */
export interface WorkerProcess {
  /** Resolves with the letter it stands still at. */
  caught: Promise<string>;
  kill(): Promise<void>;
}

/** What becomes of so many letters when nothing is lost and nothing comes twice. */
export const allOnce = (letters: number) => ({
  letters,
  delivered: letters,
  queued: 0,
  failed: 0,
  toldOnce: letters,
  toldMore: 0,
});

/** A database with two friends, a mail server, one for texts, and worker processes: what fault tests break. */
export async function createFaultBench(db: Database) {
  const smtp = await new LocalSmtp().start();
  const twilio = await new LocalTwilio().start();
  let letterStore = createLetterStore(db);
  const stores = {
    users: createUserStore(db),
    letters: letterStore,
    friendships: createFriendshipStore(db),
  };
  const { addUser, addLetter } = createSamples(stores, () => new Date());
  const alpha = await addUser('alpha');
  const beta = await addUser('beta');
  const running = new Set<WorkerProcess>();

  /** Stored and `queued`, as sending leaves them, and not enqueued. */
  const writeLetters = (howMany: number, sentAt?: Date) =>
    Promise.all(Array.from({ length: howMany }, () => addLetter(alpha, beta, sentAt)));

  async function startWorker(env: Record<string, string>): Promise<WorkerProcess> {
    const child = spawn(process.execPath, ['tests/support/worker-process.ts'], {
      env: { ...process.env, NODE_NO_WARNINGS: '1', SMTP_URL: smtp.url, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const trouble: string[] = [];
    child.stderr.on('data', (chunk: Buffer) => trouble.push(chunk.toString()));
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const lines = createInterface({ input: child.stdout });
    const caught = new Promise<string>((resolve) => {
      lines.on('line', (line) => line.startsWith('caught ') && resolve(line.slice('caught '.length)));
    });
    await Promise.race([
      new Promise<void>((resolve) => lines.on('line', (line) => line === 'ready' && resolve())),
      exited.then(() => Promise.reject(new Error(`the worker ended: ${trouble.join('')}`))),
    ]);
    const worker: WorkerProcess = {
      caught,
      async kill() {
        running.delete(worker);
        killHard(child);
        await exited;
      },
    };
    running.add(worker);
    return worker;
  }

  /** What became of the letters and of the notices. */
  async function count(letters: string[]) {
    const stored = await Promise.all(letters.map((id) => letterStore.findById(id)));
    const told = letters.map(
      (id) => smtp.received.filter(({ raw }) => raw.includes(`<letter.${id}@bff.example.test>`)).length,
    );
    return {
      letters: letters.length,
      delivered: stored.filter((letter) => letter?.status === 'delivered').length,
      queued: stored.filter((letter) => letter?.status === 'queued').length,
      failed: stored.filter((letter) => letter?.status === 'failed').length,
      toldOnce: told.filter((times) => times === 1).length,
      toldMore: told.filter((times) => times > 1).length,
    };
  }

  /** The letters a text told of, in order. */
  const textedLetters = () => twilio.messages.map(({ body }) => body.slice(-24)).sort();

  /**
   * Waits until every letter is delivered and every receiver told, then a moment longer for what is too much. Prints the
   * counts under the name of what happened.
   */
  async function settle(
    what: string,
    letters: string[],
    { timeoutMs = MINUTE, texts = false } = {},
  ): Promise<Awaited<ReturnType<typeof count>>> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const counts = await count(letters);
      const done =
        counts.delivered === letters.length &&
        counts.toldOnce + counts.toldMore === letters.length &&
        (!texts || twilio.messages.length >= letters.length);
      if (done || Date.now() > deadline) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const counts = await count(letters);
    console.log(`${what}: ${JSON.stringify(texts ? { ...counts, texts: twilio.messages.length } : counts)}`);
    return counts;
  }

  /**
   * Kills a worker right before or after it marks one of five letters delivered, and counts what another worker makes of
   * them. `env` is for both, `send` enqueues a letter.
   */
  async function killDelivering(
    where: string,
    moment: string,
    env: Record<string, string>,
    send: (letterId: string) => Promise<unknown>,
  ): Promise<Awaited<ReturnType<typeof count>>> {
    const letters = await writeLetters(5);
    const dying = await startWorker({ ...env, CATCH: moment });
    for (const letterId of letters) await send(letterId);
    const letterId = await dying.caught;
    if (!letters.includes(letterId)) throw new Error(`the worker stood still at another letter: ${letterId}`);
    await dying.kill();
    await startWorker(env);
    return settle(`${where}, kill -9 ${moment} delivering`, letters);
  }

  return {
    smtp,
    twilio,
    startWorker,
    killDelivering,
    writeLetters,
    count,
    settle,
    textedLetters,
    /** From now on the receiver is told by text as well. */
    async wishForTexts(): Promise<void> {
      const verifiedMobile = '+4915550100100';
      await createNotificationSettingsStore(db).save(beta, { sms: 'on', verifiedMobile }, new Date());
      await stores.users.setMobile(beta, verifiedMobile);
    },
    /** The database was closed for a worker that had it to itself, and is open again. */
    reopened(again: Database) {
      letterStore = createLetterStore(again);
    },
    async close() {
      await Promise.all([...running].map((worker) => worker.kill()));
      await Promise.all([smtp.stop(), twilio.stop()]);
    },
  };
}

export type FaultBench = Awaited<ReturnType<typeof createFaultBench>>;

function killHard(child: ChildProcess): void {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
}
