import { parentPort, workerData } from 'node:worker_threads';
import { decodeHeic } from '#imaging/decode-heic.ts';

/** A thread for one photo: its memory is freed when it ends. */
decodeHeic(workerData.bytes, workerData.photo).then(
  (pixels) => parentPort?.postMessage(pixels),
  () => parentPort?.postMessage(null),
);
