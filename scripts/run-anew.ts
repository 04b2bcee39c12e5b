import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { latestChange } from './build-state.js';

interface Running {
  folders: string[];
  words: string[];
  /** How often the folders are polled, ms; checking some hundred files takes a few ms. */
  everyMs?: number;
}

/**
 * Runs a script and restarts it when something in the folders changes. A script that has exited,
 * perhaps after a syntax error, also restarts after the next change. It polls because Node's
 * `--watch` misses the second change of a file that an editor replaces by renaming.
 */
export function runAnew({ folders, words, everyMs = 400 }: Running): { stop(): Promise<void> } {
  const changedAt = () => Math.max(...folders.map(latestChange));
  const start = () =>
    spawn(process.execPath, words, { stdio: 'inherit' }).once('exit', (code) => {
      if (code) console.log('The server stopped with an error. It will restart when a file changes.');
    });
  let seen = changedAt();
  let child = start();
  let restarting = Promise.resolve();
  const looking = setInterval(() => {
    const now = changedAt();
    if (now === seen) return;
    seen = now;
    restarting = restarting.then(async () => {
      // Another change came since; its restart is next.
      if (now !== seen) return;
      console.log('Files changed, restarting…');
      await end(child);
      child = start();
    });
  }, everyMs);
  return {
    async stop() {
      clearInterval(looking);
      await restarting;
      await end(child);
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill();
  await ended;
}
