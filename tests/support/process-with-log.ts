import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';

const root = new URL('../..', import.meta.url).pathname;

export interface ProcessWithLog {
  output(): string;
  stop(): Promise<void>;
}

/** Starts a script of the project as an operator would, and waits until it logs an event. */
export async function startProcess(
  script: string[],
  env: Record<string, string>,
  readyEvent: string,
): Promise<ProcessWithLog> {
  const { PATH = '', HOME = '', LANG = '', NODE_COMPILE_CACHE = '' } = process.env;
  const settings: NodeJS.ProcessEnv = {
    NODE_ENV: 'production',
    ...{ PATH, HOME, LANG, NODE_COMPILE_CACHE },
    HOST: '127.0.0.1',
    ...env,
  };
  const child: ChildProcessByStdio<null, Readable, Readable> = spawn(process.execPath, script, {
    cwd: root,
    env: settings,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  let exited = false;
  const exit = new Promise<void>((resolve) =>
    child.once('exit', () => {
      exited = true;
      resolve();
    }),
  );
  for (const started = Date.now(); !output.includes(`"event":"${readyEvent}"`); await wait(25)) {
    if (exited) throw new Error(`${script.join(' ')} did not start:\n${output}`);
    if (Date.now() - started > 90_000) throw new Error(`${script.join(' ')} is not ready:\n${output}`);
  }
  return {
    output: () => output,
    async stop() {
      if (!exited) child.kill('SIGTERM');
      await exit;
    },
  };
}
