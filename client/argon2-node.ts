import * as nodeCrypto from 'node:crypto';
import type { Bytes } from '#core/bytes.ts';
import { argon2Wasm } from '#core/crypto/argon2-wasm.ts';
import type { Argon2id } from '#core/crypto/index.ts';

/** Runs Node's own Argon2id off the main thread, from Node 24 on; WebAssembly on older versions. */
export const argon2Node: Argon2id = async (input) => {
  const { argon2 } = nodeCrypto;
  if (!argon2 || input.secret || input.associatedData) return argon2Wasm(input);
  const { password, salt, params, length } = input;
  const parameters = {
    message: password,
    nonce: salt,
    memory: params.memoryKiB,
    passes: params.iterations,
    parallelism: params.parallelism,
    tagLength: length,
  };
  return new Promise<Bytes>((resolve, reject) => {
    argon2('argon2id', parameters, (error, derived) =>
      error ? reject(error) : resolve(new Uint8Array(derived)),
    );
  });
};
