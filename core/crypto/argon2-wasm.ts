import type { Argon2id } from './kdf-params.ts';
import { CryptoRefusal } from './refusal.ts';

/**
 * Runs Argon2id in WebAssembly, for browsers. It is loaded on first use and blocks its thread for
 * about 0.3 s at the current cost, so call it in a worker. It needs `'wasm-unsafe-eval'` in the
 * page's script policy.
 * @throws CryptoRefusal `malformed` for `associatedData`, which the library doesn't support
 */
export const argon2Wasm: Argon2id = async ({ password, salt, params, length, secret, associatedData }) => {
  if (associatedData !== undefined && associatedData.length > 0) {
    throw new CryptoRefusal('malformed', 'Argon2id in WebAssembly takes no associated data.');
  }
  const { argon2id } = await import('hash-wasm');
  const hash = await argon2id({
    password,
    salt,
    secret,
    memorySize: params.memoryKiB,
    iterations: params.iterations,
    parallelism: params.parallelism,
    hashLength: length,
    outputType: 'binary',
  });
  return new Uint8Array(hash);
};
