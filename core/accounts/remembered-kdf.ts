import { equalBytes } from '../bytes.ts';
import { currentKdfParams, isWeakerKdf } from '../crypto/index.ts';
import type { PasswordKdf } from './password-record.ts';

/**
 * How the salt and cost that a server asks for differ from those of the last log-in on this device: `weaker` never happens
 * honestly, for the cost is only ever raised; `replaced` is another salt, as after a new password.
 */
export type KdfChange = 'weaker' | 'replaced';

/**
 * Compares what a server asks for with what was remembered. A server that wants to guess a password could ask for a cheap
 * hash, or for one under a salt it has prepared.
 *
 * @returns null when nothing has changed or nothing is remembered (trust on first use), and for any salt where the cost was
 *   raised to today's: every password gets another one then, on whichever device it is done. A cost above today's hides none.
 */
export function kdfChange(remembered: PasswordKdf | null, asked: PasswordKdf): KdfChange | null {
  if (!remembered) return null;
  if (isWeakerKdf(asked.params, remembered.params)) return 'weaker';
  const isTodays =
    !isWeakerKdf(asked.params, currentKdfParams) && !isWeakerKdf(currentKdfParams, asked.params);
  if (isTodays && isWeakerKdf(remembered.params, asked.params)) return null;
  return equalBytes(remembered.salt, asked.salt) ? null : 'replaced';
}
