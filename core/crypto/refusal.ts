export type RefusalReason = 'damaged' | 'unknown-suite' | 'weak-kdf' | 'bad-words' | 'malformed';

/**
 * Thrown by core/crypto instead of returning anything unproven.
 *
 * - `damaged`: doesn't authenticate, or isn't what an honest author seals. Never show any of it.
 * - `unknown-suite`: sealed by a version this code doesn't know.
 * - `weak-kdf`: the password's cost is below the floor; someone may be trying to make it guessable.
 * - `bad-words`: not a recovery phrase. The message is for the user; `word` is the wrong word, if
 *   any.
 * - `malformed`: the caller passed a wrong size or shape.
 */
export class CryptoRefusal extends Error {
  override readonly name = 'CryptoRefusal';
  readonly reason: RefusalReason;
  readonly word: string | undefined;

  constructor(reason: RefusalReason, message: string, word?: string) {
    super(message);
    this.reason = reason;
    this.word = word;
  }
}

/** Compares names, because the server and app bundles each have their own copy of the class. */
export function isCryptoRefusal(error: unknown): error is CryptoRefusal {
  return error instanceof Error && error.name === 'CryptoRefusal' && 'reason' in error;
}

/** @throws CryptoRefusal `malformed` unless the value is exactly `length` bytes. */
export function assertLength(what: string, value: Uint8Array, length: number): void {
  if (!(value instanceof Uint8Array) || value.length !== length) {
    throw new CryptoRefusal('malformed', `${what} must be ${length} bytes.`);
  }
}
