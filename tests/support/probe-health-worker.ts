import { get } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { lookUpLocally } from './look-up-locally.ts';

/** Asks for `/healthz` again and again from a thread of its own, which no attack of the test keeps busy. */

const { url, from } = workerData as { url: string; from: string };
/** An answer that takes longer counts as this long, ms. */
const LONGEST = 20_000;

function ask(): Promise<number> {
  const began = performance.now();
  return new Promise((resolve) => {
    const done = () => resolve(performance.now() - began);
    const place = { agent: false, localAddress: from, family: 4, lookup: lookUpLocally } as const;
    const asked = get(`${url}/healthz`, place, (answer) => {
      answer.resume().once('end', () => (answer.statusCode === 200 ? done() : resolve(LONGEST)));
    });
    asked.setTimeout(LONGEST, () => asked.destroy());
    asked.once('error', () => resolve(LONGEST));
  });
}

for (;;) {
  parentPort?.postMessage(await ask());
  await wait(50);
}
