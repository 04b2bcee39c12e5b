import { readdir, readFile } from 'node:fs/promises';

/** Pids of the processes that a process has started and that run; by Linux's /proc. */
export async function childrenOf(parent: number): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')));
  return stats.flatMap((stat) => {
    // The name, in brackets, may hold anything.
    const [state, ppid] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(ppid) === parent && state !== 'Z' ? [Number.parseInt(stat, 10)] : [];
  });
}

/** What a process was started with, argument by argument. */
export async function wordsOf(pid: number): Promise<string[]> {
  return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0');
}

/** The decoding process of a server (or of this test), if it has one. */
export async function decoderOf(parent: number): Promise<number | undefined> {
  for (const pid of await childrenOf(parent))
    if ((await wordsOf(pid)).some((word) => word.endsWith('decoder-main.ts'))) return pid;
  return undefined;
}
