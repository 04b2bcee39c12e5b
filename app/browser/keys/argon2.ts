import { trustedScriptUrl } from '../trusted-script-url.ts';
import workerPath from './argon2.worker.ts?worker&url';
import type { Argon2Answer, Argon2Request } from './argon2-messages.ts';
import type { Argon2id } from './crypto.ts';

const startWorker = () => new Worker(trustedScriptUrl(workerPath), { type: 'module' });
/** Started ahead for the next derivation. */
let spare: Worker | null = null;

/** Loads the worker before there is a password to derive from. */
export function warmArgon2(): void {
  if (spare) return;
  const worker = startWorker();
  spare = worker;
  worker.onerror = () => {
    if (spare === worker) spare = null;
  };
}

/**
 * Runs Argon2id in a worker, so that the page stays responsive. Each derivation gets its own
 * worker: terminating it frees its 64 MiB of memory and everything it knew of the password.
 *
 * @throws Error when this browser starts no worker or runs no WebAssembly
 */
export const argon2InWorker: Argon2id = async (input) => {
  const worker = spare ?? startWorker();
  spare = null;
  try {
    return await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<Argon2Answer>) =>
        'derived' in data ? resolve(data.derived) : reject(new Error(data.failed));
      worker.onerror = () => reject(new Error('This browser couldn’t turn your password into a key.'));
      worker.postMessage(input satisfies Argon2Request);
    });
  } finally {
    worker.terminate();
  }
};
