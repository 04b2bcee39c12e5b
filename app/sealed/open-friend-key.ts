import type { Bytes } from '#core/bytes.ts';
import { safetyNumber } from '#core/crypto/index.ts';
import { checkFriendKey, trustFriendKey } from '#core/friends/friend-key.ts';
import type { KeyTrust } from '#core/friends/pins.ts';
import type { HeldKeys } from '../keys/keyring.ts';
import { pinKeeper } from './pin-keeper.ts';

/** A friend's key of today, as the server tells it. */
export interface FriendKeyView {
  userId: string;
  publicKey: Bytes;
}

/** Compares a friend's key with the one that is remembered, and makes the number the two can compare. */
export async function openFriendKey(
  keys: HeldKeys,
  friend: FriendKeyView,
): Promise<{ trust: KeyTrust; safetyNumber: string; friend: FriendKeyView }> {
  const me = { userId: keys.userId, publicKey: keys.identity.publicKey };
  const [trust, number] = await Promise.all([
    checkFriendKey(keys, pinKeeper, friend),
    safetyNumber(me, friend),
  ]);
  return { trust, safetyNumber: number, friend };
}

/** Trusts the key that was shown, and no other one the server may tell of meanwhile. */
export function trustShownKey(keys: HeldKeys, friend: FriendKeyView, verified: boolean): Promise<void> {
  return trustFriendKey(keys, pinKeeper, friend, verified ? Date.now() : null);
}
