import { equalBytes } from '../bytes.ts';
import { currentKdfParams, isWeakerKdf } from '../crypto/index.ts';
import type { PasswordKdf } from './password-record.ts';

/**
 * How a server's salt and cost differ from those of the last login on this device. `weaker` never
 * happens honestly, because costs are only raised. `replaced` is a new salt, as after a new
 * password.
 */
export type KdfChange = 'weaker' | 'replaced';

/**
 * Compares the salt and cost a server asks for with the remembered ones. A server that wants to
 * guess a password could ask for a cheap hash, or for one under a salt it has prepared.
 * @returns null if nothing changed or nothing is remembered (trust on first use), and for a new
 *   salt with a cost raised to today's: every password gets one then, on whichever device. A cost
 *   above today's hides no change.
 */
export function kdfChange(remembered: PasswordKdf | null, asked: PasswordKdf): KdfChange | null {
  if (!remembered) return null;
  if (isWeakerKdf(asked.params, remembered.params)) return 'weaker';
  const isTodays =
    !isWeakerKdf(asked.params, currentKdfParams) && !isWeakerKdf(currentKdfParams, asked.params);
  if (isTodays && isWeakerKdf(remembered.params, asked.params)) return null;
  return equalBytes(remembered.salt, asked.salt) ? null : 'replaced';
}
