import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Container, createContainer } from '#server/container.ts';
import { createContext } from '#server/context.ts';
import type { PoolLimits } from '#server/crypto/argon2.ts';
import { readEnv } from '#server/env.ts';
import { outboxSweep } from '#server/letters/letter.jobs.ts';
import type { RateLimits } from '#server/limits/rate-limits.ts';
import { createLogger } from '#server/log.ts';
import type { StoredMail } from '#server/mail/local-mailbox.ts';
import { enqueue } from '#server/queue/enqueue.ts';
import type { Queue, QueueDriver } from '#server/queue/queue.ts';
import { type AppCaller, createCaller } from '#server/router.ts';
import { createWorker } from '#worker/create-worker.ts';
import { derivePasswords } from './derive-passwords.ts';
import { type InClear, inClear } from './in-clear.ts';

export interface InstallationOptions {
  /** An existing data folder; a new temporary one unless given. */
  dataDir?: string;
  env?: Record<string, string>;
  /** False for tests that do in a second what a person does in a day. */
  rateLimits?: boolean;
  /** False leaves every job in the queue. */
  worker?: boolean;
  /** How many password derivations may wait; as in a real installation unless given. */
  passwords?: PoolLimits;
  /**
   * Whether a password takes a thousandth of its memory. False where somebody else derives from it too: a browser, `bff`,
   * another installation. Default: true in this process with data of its own and without {@link passwords}.
   */
  cheapPasswords?: boolean;
}

/** A clock that runs, and can be set forward or stopped. */
export interface MovableClock {
  advance(ms: number): void;
  /** Every moment is the same from here on, until it is advanced or let go. */
  freeze(): void;
  release(): void;
}

/** The procedures, and letters in the clear where the session holds the keys. */
export type TestCaller = AppCaller & { inClear: InClear };

/** One whole installation in this process: the real database, queue, worker, mailbox and Argon2. */
export interface Installation {
  readonly dataDir: string;
  readonly container: Container;
  readonly clock: MovableClock;
  /** Everything the log was told, one JSON object a line. */
  readonly logLines: string[];
  /** Everything that was put into the queue, as JSON. */
  readonly jobs: { name: string; json: string }[];
  /** Password derivations so far, by their parameters. */
  readonly derivations: { memoryKiB: number; iterations: number }[];
  /** What is broken at the moment. */
  readonly faults: { queue: boolean; mail: boolean };
  /** The procedures, called by whoever holds the token; nobody without one. One caller is one request. */
  as(who: { token: string } | null, from?: string, device?: string, userAgent?: string): Promise<TestCaller>;
  /** Resolves once no job is waiting or running. */
  settle(): Promise<void>;
  /** Has the worker look for what a crash or an unreachable queue left behind. */
  sweep(): Promise<void>;
  /** Oldest first. */
  mails(): Promise<StoredMail[]>;
  /** What a machine finds after losing its power at this moment, started again; the first installation is gone. */
  crash(options?: InstallationOptions): Promise<Installation>;
  /** Stops everything and deletes the data folder. */
  close(): Promise<void>;
}

const unlimited: RateLimits = {
  count: async () => {},
  forget: async () => {},
  guardLogIn: (_, run) => run(),
};

export async function openInstallation(options: InstallationOptions = {}): Promise<Installation> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'bff-installation-')));
  const env = readEnv({
    DATA_DIR: dataDir,
    APP_URL: 'http://bff.example.test',
    SEED_DEMO: 'false',
    UNDO_SECONDS: '0',
    NODE_ENV: 'test',
    ...options.env,
  });
  const logLines: string[] = [];
  const jobs: Installation['jobs'] = [];
  const derivations: Installation['derivations'] = [];
  const faults = { queue: false, mail: false };
  const clock = createClock();
  const { passwords, cheapPasswords = !options.dataDir && !passwords } = options;
  const argon2 = derivePasswords({ limits: passwords, cheap: cheapPasswords });
  const container = await createContainer(env, {
    log: createLogger('info', (line) => logLines.push(line)),
    now: clock.now,
    argon2: (input) => {
      derivations.push({ memoryKiB: input.params.memoryKiB, iterations: input.params.iterations });
      return argon2(input);
    },
    ...(options.rateLimits === false && { limits: unlimited }),
  });
  const queue = watchQueue(container.queue, jobs, faults);
  const driver: QueueDriver = { ...container.queueDriver, queue };
  const { mailer } = container;
  Object.assign(container, {
    queue,
    mailer: {
      send: (mail: Parameters<typeof mailer.send>[0]) =>
        faults.mail ? Promise.reject(new Error('the mail server is away')) : mailer.send(mail),
    },
  });
  let worker = options.worker === false ? null : createWorker(driver, container, { closeDeadline: 2_000 });
  let open = true;

  const shut = async () => {
    if (!open) return;
    open = false;
    await worker?.close();
    worker = null;
    await container.close();
    await rm(dataDir, { recursive: true, force: true });
  };

  const settle = async () => {
    // Idle twice in a row: a job that ends may have added another one.
    for (let idle = 0; idle < 2; await pause(5)) {
      const busy = await queue.getJobCounts('waiting', 'prioritized', 'active');
      idle = Object.values(busy).every((count) => count === 0) ? idle + 1 : 0;
    }
  };

  return {
    dataDir,
    container,
    clock,
    logLines,
    jobs,
    derivations,
    faults,
    async as(who, from = '192.0.2.1', device, userAgent = 'A test') {
      const facts = { clientAddress: from, userAgent, requestId: 'test', device };
      const context = await createContext(container, { token: who?.token ?? null, ...facts });
      const clear = inClear(context);
      return new Proxy(createCaller(context), {
        get: (caller, name) => (name === 'inClear' ? clear : Reflect.get(caller, name)),
      }) as TestCaller;
    },
    settle,
    async sweep() {
      await enqueue(queue, outboxSweep, {});
      await settle();
    },
    async mails() {
      const dir = join(dataDir, 'mailbox');
      const names = await readdir(dir).catch(() => []);
      const files = names.filter((name) => name.endsWith('.json')).sort();
      return Promise.all(files.map(async (name) => JSON.parse(await readFile(join(dir, name), 'utf8'))));
    },
    async crash(next = {}) {
      const found = await mkdtemp(join(tmpdir(), 'bff-installation-'));
      await cp(dataDir, found, { recursive: true });
      await shut();
      return openInstallation({ ...options, cheapPasswords, ...next, dataDir: found });
    },
    close: shut,
  };
}

function createClock(): MovableClock & { now(): Date } {
  let offset = 0;
  let stoppedAt: number | null = null;
  return {
    now: () => new Date((stoppedAt ?? Date.now()) + offset),
    advance(ms) {
      offset += ms;
    },
    freeze() {
      stoppedAt = Date.now();
    },
    release() {
      stoppedAt = null;
    },
  };
}

/** Notes what goes into the queue, and can be cut off from it. */
function watchQueue(queue: Queue, jobs: Installation['jobs'], faults: Installation['faults']): Queue {
  const note = (name: string, data: unknown) => {
    if (faults.queue) throw new Error('the queue is away');
    jobs.push({ name, json: JSON.stringify(data) });
  };
  return {
    ...queue,
    async add(name, data, opts) {
      note(name, { data, opts });
      return queue.add(name, data, opts);
    },
    async addBulk(bulk) {
      for (const job of bulk) note(job.name, { data: job.data, opts: job.opts });
      return queue.addBulk(bulk);
    },
    async upsertJobScheduler(id, repeat, template) {
      note(id, { repeat, template });
      return queue.upsertJobScheduler(id, repeat, template);
    },
  };
}
