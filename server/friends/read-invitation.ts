import type { Deps } from '../deps.ts';
import { ownerOf, unknownCode } from './request-friend.ts';

/**
 * Reads who invites by a friend code. Says nothing else about them: anyone who has the link asks.
 *
 * @throws {AppError} `not-found` for an unknown code, and for an owner who is leaving or locked.
 */
export async function readInvitation(deps: Deps, code: string): Promise<{ displayName: string }> {
  const { displayName, deleteAt, lockedAt } = await ownerOf(deps, code);
  if (deleteAt || lockedAt) throw unknownCode();
  return { displayName };
}
