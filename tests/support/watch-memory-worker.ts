import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { childrenOf } from './child-processes.ts';

/** Adds up what a process and its children hold, again and again, in a thread that no attack of the test keeps busy. */

const { pid } = workerData as { pid: number };
/** How often the children are looked for, in samples: that reads all of `/proc`. */
const SAMPLES_PER_SEARCH = 4;

/** Its share of what it has in memory (proc_pid_smaps(5)), bytes: code that two processes share counts once. 0 if it is gone. */
async function memoryOf(process: number): Promise<number> {
  const rollup = await readFile(`/proc/${process}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1024;
}

let children: number[] = [];
for (let sample = 0; ; sample += 1) {
  if (sample % SAMPLES_PER_SEARCH === 0) children = await childrenOf(pid);
  const each = await Promise.all([pid, ...children].map(memoryOf));
  parentPort?.postMessage(each);
  await wait(25);
}
