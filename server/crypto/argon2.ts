import { argon2 } from 'node:crypto';
import type { Bytes } from '#core/bytes.ts';
import { type Argon2id, currentKdfParams, type KdfParams } from '#core/crypto/index.ts';
import { AppError } from '../errors.ts';
import { createKeyedSemaphore } from '../memory/keyed-semaphore.ts';
import type { Semaphore } from '../memory/semaphore.ts';

/**
 * The most one derivation may cost this process, whatever an account has stored: 128 MiB, and twice
 * today's work.
 */
const MAX_MEMORY_KIB = 131_072;
const MAX_WORK = 2 * currentKdfParams.memoryKiB * currentKdfParams.iterations;
const MAX_PARALLELISM = 4;

/**
 * The assumed time of a derivation, for the suggested wait; with today's parameters it is about 0.2
 * s.
 */
const ASSUMED_SECONDS = 0.25;

export type PoolLimits = {
  /** Concurrent derivations; each holds 64 MiB with today's parameters. Default 2. */
  maxConcurrent?: number;
  /** How many callers may wait, in order of arrival. Default 40. */
  maxWaiting?: number;
  /**
   * Shared with other heavy work of the process and weighed in bytes; derivations go first.
   * Default: none.
   */
  semaphore?: Semaphore;
};

/**
 * Creates Node's native Argon2id, off the main thread and limited, so that many logins at once
 * cannot exhaust the memory.
 *
 * @throws AppError `unavailable` with `retryAfterS` when too many are waiting.
 */
export function createArgon2Pool(limits: PoolLimits = {}): Argon2id {
  return boundArgon2(deriveNatively, limits);
}

/**
 * Limits any Argon2id.
 *
 * @throws AppError `unavailable`; `forbidden` for parameters that cost more than this server
 *   allows.
 */
export function boundArgon2(derive: Argon2id, limits: PoolLimits = {}): Argon2id {
  const { maxConcurrent = 2, maxWaiting = 40, semaphore: pass = (_, task) => task() } = limits;
  const waiting: (() => void)[] = [];
  let running = 0;

  async function enter(): Promise<void> {
    if (running < maxConcurrent) {
      running += 1;
      return;
    }
    if (waiting.length >= maxWaiting) {
      const retryAfterS = Math.max(1, Math.ceil((waiting.length / maxConcurrent) * ASSUMED_SECONDS));
      throw manyAtOnce(retryAfterS);
    }
    await new Promise<void>((resolve) => waiting.push(resolve));
  }

  function leave(): void {
    // The slot is handed on rather than freed, so that a newcomer cannot overtake those who wait.
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }

  return async (input) => {
    requireAffordable(input.params);
    await enter();
    try {
      return await pass(input.params.memoryKiB * 1024, () => derive(input), { first: true });
    } finally {
      leave();
    }
  };
}

/**
 * As many per network as run at once; more wait outside, so that other networks wait for at most a
 * running one.
 */
const turns = createKeyedSemaphore({ permits: 2, maxWaiting: 20 });

/**
 * Limits an Argon2id for the requests of one network, which take turns before they enter the pool.
 *
 * @throws AppError `unavailable` with `retryAfterS` when too many of that network wait.
 */
export function argon2InTurn(argon2: Argon2id, network: string): Argon2id {
  return async (input) => {
    const done = await turns.acquire(network).catch(() => {
      throw manyAtOnce(5);
    });
    return argon2(input).finally(done);
  };
}

function manyAtOnce(retryAfterS: number): AppError {
  const message = 'A lot of people are logging in right now. Please try again in a moment.';
  return new AppError('unavailable', message, { retryAfterS });
}

function requireAffordable({ memoryKiB, iterations, parallelism }: KdfParams): void {
  const affordable =
    memoryKiB <= MAX_MEMORY_KIB && memoryKiB * iterations <= MAX_WORK && parallelism <= MAX_PARALLELISM;
  if (affordable) return;
  throw new AppError(
    'forbidden',
    'Checking this account’s password takes more work than our server allows. ' +
      'Turn JavaScript on, log in and choose a new password in your settings; then this form will work again.',
  );
}

const deriveNatively: Argon2id = ({ password, salt, params, length, secret, associatedData }) => {
  const parameters = {
    message: password,
    nonce: salt,
    memory: params.memoryKiB,
    passes: params.iterations,
    parallelism: params.parallelism,
    tagLength: length,
    ...(secret !== undefined && { secret }),
    ...(associatedData !== undefined && { associatedData }),
  };
  return new Promise<Bytes>((resolve, reject) => {
    argon2('argon2id', parameters, (error, derived) => {
      if (error) reject(error);
      else resolve(new Uint8Array(derived));
    });
  });
};
