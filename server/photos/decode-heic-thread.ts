import { parentPort, workerData } from 'node:worker_threads';
import { decodeHeic } from '#imaging/decode-heic.ts';

/** A thread for one photo, which ends with its memory. */
decodeHeic(workerData.bytes, workerData.photo).then(
  (pixels) => parentPort?.postMessage(pixels),
  () => parentPort?.postMessage(null),
);
