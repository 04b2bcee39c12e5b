import type { Bytes } from '../bytes.ts';
import { CryptoRefusal } from './refusal.ts';

/** Argon2id cost (RFC 9106): memory in KiB, passes, lanes. Stored with the account. */
export type KdfParams = { memoryKiB: number; iterations: number; parallelism: number };

/**
 * Argon2id as injected: Node's native one in the server, WebAssembly in the browser. Returns `length` bytes.
 * `secret` and `associatedData` are RFC 9106's K and X; an implementation without one of them rejects when it is given.
 */
export type Argon2id = (input: {
  password: Bytes;
  salt: Bytes;
  params: KdfParams;
  length: number;
  secret?: Bytes;
  associatedData?: Bytes;
}) => Promise<Bytes>;

/** What new accounts use; a log-in brings older ones up to it. RFC 9106 §4, second recommended option, one lane. */
export const currentKdfParams: KdfParams = { memoryKiB: 65_536, iterations: 3, parallelism: 1 };

/** Whether one cost is less work than another in memory or in passes. */
export function isWeakerKdf(one: KdfParams, other: KdfParams): boolean {
  return one.memoryKiB < other.memoryKiB || one.iterations < other.iterations;
}

/** Under this a client refuses to derive anything: a hostile server could ask for a cheap, guessable hash. */
export const kdfFloor = { memoryKiB: 19_456, iterations: 2 };

/** Over this a client refuses too: the same server could hang the browser. */
export const kdfCeiling = { memoryKiB: 1_048_576, iterations: 10, parallelism: 16 };

/** @throws CryptoRefusal `weak-kdf` under the floor, `malformed` over the ceiling or when not whole numbers. */
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
