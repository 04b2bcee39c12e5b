import type { Bytes } from '../bytes.ts';
import { CryptoRefusal } from './refusal.ts';

/** Argon2id cost (RFC 9106): memory in KiB, passes, lanes. Stored with the account. */
export type KdfParams = { memoryKiB: number; iterations: number; parallelism: number };

/**
 * Argon2id as injected: native on the server, WebAssembly in the browser. Returns `length` bytes.
 * `secret` and `associatedData` are RFC 9106's K and X; an implementation without one of them
 * rejects it.
 */
export type Argon2id = (input: {
  password: Bytes;
  salt: Bytes;
  params: KdfParams;
  length: number;
  secret?: Bytes;
  associatedData?: Bytes;
}) => Promise<Bytes>;

/**
 * The cost of new accounts; a login raises older ones to it. RFC 9106 §4, second recommended
 * option, one lane.
 */
export const currentKdfParams: KdfParams = { memoryKiB: 65_536, iterations: 3, parallelism: 1 };

/** Tells whether one cost is lower than another in memory or passes. */
export function isWeakerKdf(one: KdfParams, other: KdfParams): boolean {
  return one.memoryKiB < other.memoryKiB || one.iterations < other.iterations;
}

/** The lowest cost a client accepts: a hostile server could ask for a cheap, guessable hash. */
export const kdfFloor = { memoryKiB: 19_456, iterations: 2 };

/** The highest cost a client accepts: the same server could hang the browser. */
export const kdfCeiling = { memoryKiB: 1_048_576, iterations: 10, parallelism: 16 };

/**
 * Checks a cost.
 * @throws CryptoRefusal `weak-kdf` below the floor, `malformed` above the ceiling or for fractions.
 */
export function checkKdfParams({ memoryKiB, iterations, parallelism }: KdfParams): void {
  if (![memoryKiB, iterations, parallelism].every(Number.isSafeInteger) || parallelism < 1) {
    throw new CryptoRefusal('malformed', 'Argon2id parameters must be whole numbers.');
  }
  if (memoryKiB < kdfFloor.memoryKiB || iterations < kdfFloor.iterations) {
    throw new CryptoRefusal('weak-kdf', 'Argon2id parameters are too weak.');
  }
  if (
    memoryKiB > kdfCeiling.memoryKiB ||
    iterations > kdfCeiling.iterations ||
    parallelism > kdfCeiling.parallelism
  ) {
    throw new CryptoRefusal('malformed', 'Argon2id parameters are out of bounds.');
  }
}
