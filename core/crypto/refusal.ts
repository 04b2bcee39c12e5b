export type RefusalReason = 'damaged' | 'unknown-suite' | 'weak-kdf' | 'bad-words' | 'malformed';

/**
 * What core/crypto throws instead of returning anything unproven.
 *
 * - `damaged`: does not authenticate, or is not what an honest author seals. Never show any of it.
 * - `unknown-suite`: sealed by a version this code does not know.
 * - `weak-kdf`: password parameters under the floor; somebody may be trying to make a password guessable.
 * - `bad-words`: not recovery words; the message is for the person, `word` names the wrong one if one is wrong.
 * - `malformed`: the caller passed something of the wrong size or shape.
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

/** By name, because server and app bundle are separate module graphs with a class of their own each. */
export function isCryptoRefusal(error: unknown): error is CryptoRefusal {
  return error instanceof Error && error.name === 'CryptoRefusal' && 'reason' in error;
}

/** @throws CryptoRefusal `malformed` unless the value is exactly `length` bytes. */
export function assertLength(what: string, value: Uint8Array, length: number): void {
  if (!(value instanceof Uint8Array) || value.length !== length) {
    throw new CryptoRefusal('malformed', `${what} must be ${length} bytes.`);
  }
}
