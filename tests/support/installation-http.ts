import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createApp } from '#server/http/create-app.ts';
import { listen } from '#server/http/listen.ts';
import { createReadiness } from '#server/http/readiness.ts';
import { buildIsCurrent } from '../../scripts/build-state.js';
import { builtPages } from '../../scripts/serve.ts';
import { countServer } from './count-attacks.ts';
import { freePort } from './free-port.ts';
import { type Installation, type InstallationOptions, openInstallation } from './installation.ts';

export interface ServedInstallation extends Installation {
  /** Where it really listens, without a trailing slash. */
  readonly url: string;
}

export interface ServeOptions extends InstallationOptions {
  /** The address people use, when it is another than the one it listens on: `https://…` behind a proxy, say. */
  appUrl?: string;
  /** False: as a server that others can reach, where mails are shown to nobody. */
  localMailbox?: boolean;
}

/** A whole installation with its built pages, answering over HTTP on a port of its own. */
export async function serveInstallation(options: ServeOptions = {}): Promise<ServedInstallation> {
  await buildPages();
  const pages = await builtPages();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const world = await openInstallation({
    ...options,
    env: { APP_URL: options.appUrl ?? url, ...options.env },
  });
  const { container } = world;
  const app = createApp(container, {
    remix: pages.remix,
    assets: pages.assets,
    integrity: pages.integrity,
    localMailbox: options.localMailbox === false ? null : container.listLocalMails,
    isReady: createReadiness(container),
  });
  const server = await listen(
    app,
    { host: '127.0.0.1', port },
    { trustedProxies: container.env.TRUST_PROXY },
  );
  return {
    ...world,
    url,
    async close() {
      // Whatever was done to it, it still answers.
      await countServer(url).finally(() => server.close(1_000));
      await world.close();
    },
  };
}

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
