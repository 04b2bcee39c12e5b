import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from './free-port.ts';

const root = new URL('../..', import.meta.url).pathname;
/** The first start of a fresh checkout builds the pages. */
const startTime = 90_000;
const stopTime = 15_000;

export interface AppSettings {
  /** Environment variables beyond the ones every test app has. */
  env?: Record<string, string>;
  /** What is started; `scripts/start.js` unless given. */
  script?: string;
  /** An existing data folder; a new temporary one unless given. */
  dataDir?: string;
}

/** One line of the app's log. */
export type LogLine = { level: string; event: string } & Record<string, unknown>;

/** The app as a person starts it, in a process of its own with an empty folder for its data. */
export interface AppProcess {
  /** Without a trailing slash. The same after every restart. */
  readonly url: string;
  readonly dataDir: string;
  readonly pid: number;
  /** Everything it has printed since the first start, standard error included. */
  logs(): string;
  /** The JSON lines of the log. */
  events(name?: string): LogLine[];
  /** Ends the process at once, as a power cut or the kernel would. */
  kill(signal?: 'SIGKILL'): Promise<void>;
  /** Asks it to end, and waits. Resolves to the exit code. */
  stop(): Promise<number | null>;
  /** Starts it again on the same data and port, after {@link kill} or {@link stop}. */
  restart(settings?: AppSettings): Promise<void>;
  /** The mails in the local mailbox, oldest first. */
  mails(): Promise<{ to: string; subject: string; text: string }[]>;
  /** Stops it and deletes its data. */
  dispose(): Promise<void>;
}

/** Starts `scripts/start.js` and waits until it listens. */
export async function startApp(settings: AppSettings = {}): Promise<AppProcess> {
  const dataDir = settings.dataDir ?? (await mkdtemp(join(tmpdir(), 'bff-e2e-')));
  // Not 0: the address stands in the mails, so it must be known before the start and be the same after a restart.
  const port = await freePort();
  let output = '';
  let running: ChildProcessByStdio<null, Readable, Readable> | null = null;

  async function start({ env = {} }: AppSettings): Promise<void> {
    if (running) throw new Error('the app is running already');
    const { PATH = '', HOME = '', LANG = '', NODE_COMPILE_CACHE = '' } = process.env;
    const child: ChildProcessByStdio<null, Readable, Readable> = spawn(
      process.execPath,
      [settings.script ?? 'scripts/start.js'],
      {
        cwd: root,
        // Nothing else is passed on: the test runner's NODE_ENV would make another app of it.
        env: {
          NODE_ENV: 'production',
          PATH,
          HOME,
          LANG,
          NODE_COMPILE_CACHE,
          HOST: '127.0.0.1',
          PORT: String(port),
          DATA_DIR: dataDir,
          SEED_DEMO: 'false',
          UNDO_SECONDS: '0',
          ...settings.env,
          ...env,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    running = child;
    const from = output.length;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.once('exit', () => {
      running = null;
    });
    for (const started = Date.now(); Date.now() - started < startTime; await wait(25)) {
      if (linesOf(output.slice(from)).some((line) => line.event === 'listening')) return;
      if (!running) throw new Error(`the app did not start:\n${output.slice(from)}`);
    }
    child.kill('SIGKILL');
    throw new Error(`the app did not listen within ${startTime} ms:\n${output.slice(from)}`);
  }

  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    const child = running;
    if (!child) return null;
    const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
    child.kill(signal);
    const giveUp = setTimeout(() => child.kill('SIGKILL'), stopTime);
    const code = await exited;
    clearTimeout(giveUp);
    return code;
  }

  await start({});
  return {
    url: `http://localhost:${port}`,
    dataDir,
    get pid() {
      return running?.pid ?? 0;
    },
    logs: () => output,
    events: (name) => linesOf(output).filter((line) => !name || line.event === name),
    kill: async (signal = 'SIGKILL') => void (await end(signal)),
    stop: () => end('SIGTERM'),
    restart: (again = {}) => start(again),
    mails: () => readMails(join(dataDir, 'mailbox')),
    async dispose() {
      await end('SIGTERM');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function linesOf(output: string): LogLine[] {
  return output.split('\n').flatMap((line) => {
    if (!line.startsWith('{')) return [];
    try {
      return [JSON.parse(line) as LogLine];
    } catch {
      // The last line may still be on its way.
      return [];
    }
  });
}

async function readMails(folder: string): Promise<{ to: string; subject: string; text: string }[]> {
  const files = (await readdir(folder).catch(() => [])).filter((file) => file.endsWith('.json')).sort();
  const mails = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return mails.map((mail) => JSON.parse(mail));
}
