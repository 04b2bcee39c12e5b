import type { Argon2id } from './kdf-params.ts';
import { CryptoRefusal } from './refusal.ts';

/**
 * Argon2id in WebAssembly, for the browser; the code is loaded on first use. It blocks its thread (about 0.3 s with the
 * current parameters): call it in a worker. It needs `'wasm-unsafe-eval'` in the page's script policy.
 * @throws CryptoRefusal `malformed` when `associatedData` is given, which this library has not.
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
