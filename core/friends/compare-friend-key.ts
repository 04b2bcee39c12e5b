import type { AccountKeys } from '../account-keys.ts';
import { safetyNumber } from '../crypto/index.ts';
import type { LetterAccess } from '../letter-access.ts';
import { checkFriendKey, describeFriendKeys, type KeyStatus, pinKeeper } from './friend-key.ts';
import type { FriendKey, SealedPins } from './pins.ts';

export interface ComparedKey extends KeyStatus {
  friend: FriendKey;
  safetyNumber: string;
}

/**
 * Compares a friend's key with the pinned one (trust on first use), and computes the safety number.
 */
export async function compareFriendKey(access: LetterAccess, friend: FriendKey): Promise<ComparedKey> {
  const [status, number] = await Promise.all([
    checkFriendKey(access.keys, pinKeeper(access), friend),
    safetyNumberWith(access.keys, friend),
  ]);
  return { ...status, friend, safetyNumber: number };
}

/** Computes the safety number: sixty digits that two friends can compare. */
export function safetyNumberWith({ userId, identity }: AccountKeys, friend: FriendKey): Promise<string> {
  return safetyNumber({ userId, publicKey: identity.publicKey }, friend);
}

/** Returns the key statuses of friends by username; pins nothing. */
export function compareFriendKeys(
  access: LetterAccess,
  view: { friends: FriendKey[]; pins: SealedPins },
): Promise<Record<string, KeyStatus>> {
  return describeFriendKeys(access.keys, pinKeeper(access), view);
}
