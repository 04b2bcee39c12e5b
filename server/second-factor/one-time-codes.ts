import { newFriendCode } from '#core/id.ts';
import type { ServerKeys } from '../crypto/server-keys.ts';

const COUNT = 10;

/**
 * The MACs a one-time code may be stored as: valid for one user, and useless without the server's
 * secret.
 */
export function oneTimeCodeMacs(
  keys: Pick<ServerKeys, 'hashesOf'>,
  userId: string,
  code: string,
): Promise<string[]> {
  return keys.hashesOf(textOf(userId, code));
}

const textOf = (userId: string, code: string) => `one-time-code:${userId}:${code}`;

/**
 * Creates ten one-time codes in the format of friend codes: 50 random bits that survive
 * handwriting.
 *
 * @returns the codes, to be shown once, and their MACs for storage
 */
export async function newOneTimeCodes(keys: Pick<ServerKeys, 'hashToken'>, userId: string) {
  const codes = Array.from({ length: COUNT }, newFriendCode);
  const macs = await Promise.all(codes.map((code) => keys.hashToken(textOf(userId, code))));
  return { codes, macs };
}
