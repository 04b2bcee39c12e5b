import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
  /** What `--json` printed. */
  json(): unknown;
}

/** Somebody at a terminal, with a folder of their own for the keys. */
export interface Terminal {
  readonly home: string;
  /** Runs `bff` as a process of its own. Without `input` nothing is typed and standard input is at its end. */
  bff(words: string[], input?: string): Promise<Ran>;
  close(): Promise<void>;
}

/** @param program what `bff` is; the sources of this checkout unless told */
export async function openTerminal(program = ['bin/bff.js']): Promise<Terminal> {
  const home = await mkdtemp(join(tmpdir(), 'bff-home-'));
  return {
    home,
    bff(words, input = '') {
      return new Promise((resolve, reject) => {
        const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env;
        const child: ChildProcess = spawn(process.execPath, [...program, ...words], {
          env: { NODE_ENV: 'production', PATH, NODE_COMPILE_CACHE, HOME: home, BFF_HOME: join(home, 'keys') },
          stdio: ['pipe', 'pipe', 'pipe'],
        });
        let [stdout, stderr] = ['', ''];
        child.stdout?.setEncoding('utf8').on('data', (text: string) => {
          stdout += text;
        });
        child.stderr?.setEncoding('utf8').on('data', (text: string) => {
          stderr += text;
        });
        child.once('error', reject);
        child.once('close', (code) => resolve({ code, stdout, stderr, json: () => JSON.parse(stdout) }));
        child.stdin?.end(input);
      });
    },
    close: () => rm(home, { recursive: true, force: true }),
  };
}
