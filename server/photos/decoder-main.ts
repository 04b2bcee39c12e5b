/*
 * A process of its own for what others' files are decoded with: it has no secret and no database, and it can be killed. Photos come
 * one at a time through stdin and are answered on stdout. Native code runs in threads, so that this one always sees when it has to
 * end: with the server, or because a photo takes too much.
 */
import { Worker } from 'node:worker_threads';
import type { Bytes } from '#core/bytes.ts';
import { damagedPhotoText } from '#core/photos/photo-advice.ts';
import { PhotoRefused } from '#core/photos/photo-refused.ts';
import type { Decoder, Pixels } from '#imaging/decode-shrunk.ts';
import { guardDecoders } from '#imaging/guard-decoders.ts';
import { preparePhoto } from '#imaging/prepare-photo.ts';
import { createFrameReader, type Frame, SPENT_SIGNAL, writeFrame } from './decoder-frames.ts';

const WATCH_MS = 50;
const [maxCpuMs = 0, maxBytes = 0] = process.argv.slice(2).map(Number);

/** Ends at once: an ordinary exit would wait for the decoding thread. */
const end = () => process.kill(process.pid, 'SIGKILL');
const endSpent = () => process.kill(process.pid, SPENT_SIGNAL);

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * Decodes in a thread of its own: libheif is WebAssembly, and would block this one from watching.
 */
const decodeHeic: Decoder = (bytes, photo) =>
  new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./decode-heic-thread.ts', import.meta.url), {
      workerData: { bytes, photo },
    });
    thread.once('message', (pixels: Pixels | null) =>
      pixels ? resolve(pixels) : reject(new Error('libheif did not decode it')),
    );
    thread.once('error', reject);
    thread.once('exit', () => reject(new Error('libheif stopped')));
  });

async function answer(bytes: Bytes): Promise<Frame> {
  const before = cpuMs();
  const watch = setInterval(() => {
    if (cpuMs() - before > maxCpuMs || process.memoryUsage.rss() > maxBytes) endSpent();
  }, WATCH_MS);
  try {
    const { full, preview, ...rest } = await preparePhoto(bytes, decodeHeic);
    return { head: { photo: rest, cpuMs: cpuMs() - before }, parts: [full, preview] };
  } catch (error) {
    const { message, code } = error instanceof PhotoRefused ? error : new PhotoRefused(damagedPhotoText);
    return { head: { refused: message, code, cpuMs: cpuMs() - before }, parts: [] };
  } finally {
    clearInterval(watch);
  }
}

guardDecoders();
const read = createFrameReader(({ head: job, parts: [bytes = new Uint8Array()] }) => {
  void answer(bytes)
    .then(({ head, parts }) => writeFrame(process.stdout, { head: { ...head, ...job }, parts }))
    // Otherwise a file of 20 MB would stay in memory while the next is decoded.
    .finally(() => globalThis.gc?.());
});
process.stdin.on('data', read).once('end', end).once('error', end);
process.stdout.once('error', end);
