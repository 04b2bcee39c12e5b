import type { Bytes } from '#core/bytes.ts';
import type { Argon2id } from '#core/crypto/index.ts';
import { boundArgon2, createArgon2Pool, type PoolLimits } from '#server/crypto/argon2.ts';

/**
 * Argon2id for an installation in tests, with the limits of a real one.
 *
 * @param how `limits`: the pool's. Where they are given, cost is what is tested, and nothing is remembered. `cheap`: each
 *   derivation takes a thousandth of its memory, and is the same only where all who derive are cheap.
 */
export function derivePasswords({
  limits,
  cheap,
}: {
  limits?: PoolLimits | undefined;
  cheap: boolean;
}): Argon2id {
  const pool = createArgon2Pool(limits);
  const derive = cheap ? boundArgon2(deriveCheaply, limits) : pool;
  return limits ? derive : rememberKeys(derive);
}

/** The same algorithm and passes; what costs more still derives another key. */
const deriveCheaply: Argon2id = (input) => {
  const { memoryKiB, ...rest } = input.params;
  return native({ ...input, params: { ...rest, memoryKiB: Math.ceil(memoryKiB / 1_000) } });
};
const native = createArgon2Pool({ maxWaiting: Number.POSITIVE_INFINITY });

/** Derives once for the same password, salt and parameters: people in tests log in again and again. */
function rememberKeys(derive: Argon2id): Argon2id {
  const known = new Map<string, Promise<Bytes>>();
  return async (input) => {
    const { params, length } = input;
    const bytes = [input.password, input.salt, input.secret, input.associatedData];
    const name = JSON.stringify([
      params,
      length,
      bytes.map((part) => part && Buffer.from(part).toString('hex')),
    ]);
    const key = known.get(name) ?? derive(input);
    known.set(name, key);
    key.catch(() => known.delete(name));
    return (await key).slice();
  };
}
