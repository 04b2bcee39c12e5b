import { checkFriendKey, trustFriendKey } from '#core/friends/friend-key.ts';
import type { FriendKey, KeyTrust } from '#core/friends/pins.ts';
import { safetyNumber } from '../keys/crypto.ts';
import type { HeldKeys } from '../keys/keyring.ts';
import { pinKeeper } from './pin-keeper.ts';

/** Compares a friend's key with the one that is remembered, and makes the number the two can compare. */
export async function openFriendKey(
  keys: HeldKeys,
  friend: FriendKey,
): Promise<{ trust: KeyTrust; safetyNumber: string; friend: FriendKey }> {
  const me = { userId: keys.userId, publicKey: keys.identity.publicKey };
  const [trust, number] = await Promise.all([
    checkFriendKey(keys, pinKeeper, friend),
    safetyNumber(me, friend),
  ]);
  return { trust, safetyNumber: number, friend };
}

/** Trusts the key that was shown, and no other one the server may tell of meanwhile. */
export function trustShownKey(keys: HeldKeys, friend: FriendKey, verified: boolean): Promise<void> {
  return trustFriendKey(keys, pinKeeper, friend, verified ? Date.now() : null);
}
