import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { type Figures, figuresOf } from './measure.ts';

/** Processor time of the server so far, its threads' with it, ms. */
export interface Spent {
  cpuMs: number;
}

interface Ready {
  url: string;
  people: Record<string, string>;
  password: string;
}

/** `as` somebody of `people`, or with the session of a `cookie`. */
type Ask = RequestInit & { as?: string; cookie?: string | undefined; expect?: number };

/** The real server in a process of its own, and requests as a browser without JavaScript makes them. */
export interface BenchServer extends Ready {
  /** Throws on an answer that is not the expected one. */
  ask(path: string, init?: Ask): Promise<Buffer>;
  /** Sends a letter by the form of the writing page, as `gamma` to `reader10`. */
  send(letterId: string, body: string, photos?: Uint8Array<ArrayBuffer>[]): Promise<void>;
  /** One insert that is on the disk when it resolves: the floor of everything that stores something. */
  insertFloor(runs: number): Promise<Figures>;
  spent(): Promise<Spent>;
  stop(): Promise<void>;
}

/** Starts it with inboxes of the given sizes (`reader10` for 10); `gamma` is everybody's friend. */
export async function startBenchServer(inboxes: number[]): Promise<BenchServer> {
  const server = fork('tests/bench/bench-server.ts', inboxes.map(String), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // Both as scripts/start.js has them: React does its checks of development otherwise.
    execArgv: [...process.execArgv, '--expose-gc', '--max-semi-space-size=8'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const ready = await answerOf<Ready>(server);
  const { url, people } = ready;

  async function ask(path: string, init: Ask = {}): Promise<Buffer> {
    const { as, cookie = as && people[as], expect = 200, headers, ...rest } = init;
    const answer = await fetch(url + path, {
      ...rest,
      redirect: 'manual',
      headers: { origin: url, ...(cookie ? { cookie: `bff=${cookie}` } : {}), ...headers },
    });
    const body = Buffer.from(await answer.arrayBuffer());
    if (answer.status !== expect) throw new Error(`${path}: ${answer.status} instead of ${expect}`);
    return body;
  }

  return {
    ...ready,
    ask,
    async send(letterId, body, photos = []) {
      const data = new FormData();
      const title = 'A letter to measure';
      const fields = { letterId, version: '0', to: 'reader10', title, body, intent: 'send' };
      for (const [name, value] of Object.entries(fields)) data.append(name, value);
      for (const [n, photo] of photos.entries())
        data.append('photos', new Blob([photo], { type: 'image/jpeg' }), `${n}.jpg`);
      await ask('/write', { method: 'POST', body: data, as: 'gamma', expect: 302 });
    },
    async insertFloor(runs) {
      const times: number[] = [];
      for (let n = 0; n < runs; n += 1) {
        server.send('insert');
        times.push((await answerOf<{ insertMs: number }>(server)).insertMs);
      }
      return figuresOf(times);
    },
    spent() {
      server.send('spent');
      return answerOf<Spent>(server);
    },
    async stop() {
      server.disconnect();
      await once(server, 'exit');
    },
  };
}

async function answerOf<Answer>(server: ChildProcess): Promise<Answer> {
  const [answer] = await once(server, 'message');
  return answer as Answer;
}

export const form = (fields: Record<string, string>) => ({
  method: 'POST',
  body: new URLSearchParams(fields),
  expect: 302,
});

/** So many bytes of quiet prose. */
export const text = (bytes: number) =>
  'A quiet sentence of a letter, with a comma in it. '.repeat(Math.ceil(bytes / 50)).slice(0, bytes);

export const bytesOf = (list: Uint8Array[]) => list.reduce((sum, one) => sum + one.byteLength, 0);
