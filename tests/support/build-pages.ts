import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { buildIsCurrent } from '../../scripts/build-state.js';

const lock = join('node_modules', '.cache', 'bff-test-build');

/** Builds the pages if their sources changed; several test processes at once build them once. */
export async function buildPages(): Promise<void> {
  // For work on the tests alone, while somebody else changes the pages.
  if (process.env.KEEP_BUILD) return;
  await mkdir(join('node_modules', '.cache'), { recursive: true });
  while (!buildIsCurrent()) {
    if (!(await takeLock())) {
      await pause(100);
      continue;
    }
    try {
      if (!buildIsCurrent()) await runBuild();
      return;
    } finally {
      await rm(lock, { recursive: true, force: true });
    }
  }
}

/** As a global set-up of Vitest. */
export default buildPages;

async function takeLock(): Promise<boolean> {
  try {
    await mkdir(lock);
    await writeFile(join(lock, 'pid'), String(process.pid));
    return true;
  } catch {
    const holder = Number(await readFile(join(lock, 'pid'), 'utf8').catch(() => ''));
    // A process that was killed while it built leaves its lock behind.
    if (holder && !isAlive(holder)) await rm(lock, { recursive: true, force: true });
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function runBuild(): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    const build: ChildProcess = spawn(process.execPath, ['scripts/build.js'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production' },
    });
    for (const stream of [build.stdout, build.stderr]) {
      stream?.on('data', (text: Buffer) => {
        said += text.toString();
      });
    }
    build.once('error', reject);
    build.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`the pages do not build:\n${said}`)),
    );
  });
}
