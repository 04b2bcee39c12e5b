import { argon2 } from 'node:crypto';
import type { Bytes } from '#core/bytes.ts';
import type { Argon2id } from '#core/crypto/index.ts';
import { AppError } from '../errors.ts';

/** A derivation with today's parameters takes about 0.2 s; the guess for the person who is asked to wait. */
const ASSUMED_SECONDS = 0.25;

/**
 * Node's native Argon2id, bounded: each derivation holds 64 MiB, so at most `maxConcurrent` (2) run at once and at most
 * `maxWaiting` (40) wait, in order of arrival.
 * @throws AppError `unavailable` with `retryAfterS` when too many are waiting.
 */
export function createArgon2Pool(limits: { maxConcurrent?: number; maxWaiting?: number } = {}): Argon2id {
  const { maxConcurrent = 2, maxWaiting = 40 } = limits;
  const waiting: (() => void)[] = [];
  let running = 0;

  async function enter(): Promise<void> {
    if (running < maxConcurrent) {
      running += 1;
      return;
    }
    if (waiting.length >= maxWaiting) {
      const retryAfterS = Math.max(1, Math.ceil((waiting.length / maxConcurrent) * ASSUMED_SECONDS));
      throw new AppError(
        'unavailable',
        'Many people are logging in just now. Please try again in a moment.',
        {
          retryAfterS,
        },
      );
    }
    await new Promise<void>((resolve) => waiting.push(resolve));
  }

  function leave(): void {
    // The place is handed on rather than freed, so that a newcomer cannot slip in before who has waited longest.
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }

  return async (input) => {
    await enter();
    try {
      return await deriveNatively(input);
    } finally {
      leave();
    }
  };
}

function deriveNatively(input: Parameters<Argon2id>[0]): Promise<Bytes> {
  const { password, salt, params, length, secret, associatedData } = input;
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
  return new Promise((resolve, reject) => {
    argon2('argon2id', parameters, (error, derived) => {
      if (error) reject(error);
      else resolve(new Uint8Array(derived));
    });
  });
}
