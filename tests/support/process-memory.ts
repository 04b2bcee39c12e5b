import { open, readFile } from 'node:fs/promises';

/** Environment of a server whose heap is written into `folder` where {@link heapHeader} asks for it. */
export const heapOnAnswer = (folder: string) => ({
  NODE_OPTIONS: `--import ${new URL('./heap-on-answer.ts', import.meta.url).href}`,
  HEAP_FOLDER: folder,
});

const PART = 16_000_000;
/** Longer than any mark in any way of writing. */
const OVERLAP = 4_096;

const BLOCK = 65_536;
const untouched = Buffer.alloc(BLOCK);

/**
 * Everything a process has in its memory that it can write to: heap, buffers, what was freed and not yet used again. In parts
 * that overlap, without what it has never touched. Nothing where the system does not show it (other than Linux, or not allowed).
 */
export async function* memoryOf(pid: number): AsyncGenerator<Buffer, void, undefined> {
  const maps = await readFile(`/proc/${pid}/maps`, 'utf8').catch(() => '');
  const memory = await open(`/proc/${pid}/mem`, 'r').catch(() => null);
  if (!memory) return;
  const part = Buffer.alloc(PART);
  try {
    for (const line of maps.split('\n')) {
      const region = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line);
      if (!region || /\[(vvar|vsyscall)/.test(line)) continue;
      const [from, to] = [Number.parseInt(region[1] ?? '', 16), Number.parseInt(region[2] ?? '', 16)];
      for (let at = from; at < to; at += PART - OVERLAP) {
        const length = Math.min(PART, to - at);
        const { bytesRead } = await memory.read(part, 0, length, at).catch(() => ({ bytesRead: 0 }));
        yield* touched(part.subarray(0, bytesRead));
        if (at + PART >= to) break;
      }
    }
  } finally {
    await memory.close();
  }
}

/** Four fifths of what a server has reserved are zeros. */
function* touched(part: Buffer): Generator<Buffer, void, undefined> {
  let from = 0;
  for (let at = 0; at < part.length; at += BLOCK) {
    const block = part.subarray(at, at + BLOCK);
    if (!block.equals(untouched.subarray(0, block.length))) continue;
    if (at > from) yield part.subarray(from, at);
    from = at + block.length;
  }
  if (part.length > from) yield part.subarray(from);
}
