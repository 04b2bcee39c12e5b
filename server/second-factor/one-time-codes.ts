import { newFriendCode } from '#core/id.ts';
import type { ServerKeys } from '../crypto/server-keys.ts';

const COUNT = 10;

/** How a one-time code may be kept: good for one person, and without the server's secret for nothing. */
export function oneTimeCodeMacs(
  keys: Pick<ServerKeys, 'hashesOf'>,
  userId: string,
  code: string,
): Promise<string[]> {
  return keys.hashesOf(textOf(userId, code));
}

const textOf = (userId: string, code: string) => `one-time-code:${userId}:${code}`;

/**
 * Ten fresh codes. They have the shape of friend codes, 50 random bits that survive being written by hand.
 *
 * @returns the codes, to be shown once, and how they are kept.
 */
export async function newOneTimeCodes(keys: Pick<ServerKeys, 'hashToken'>, userId: string) {
  const codes = Array.from({ length: COUNT }, newFriendCode);
  const macs = await Promise.all(codes.map((code) => keys.hashToken(textOf(userId, code))));
  return { codes, macs };
}
