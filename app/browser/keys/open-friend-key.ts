import {
  checkFriendKey,
  describeFriendKeys,
  type KeyStanding,
  restorePins,
  trustFriendKey,
} from '#core/friends/friend-key.ts';
import type { FriendKey, SealedPins } from '#core/friends/pins.ts';
import { safetyNumber } from './crypto.ts';
import type { HeldKeys } from './held-keys.ts';
import { pinKeeper } from './pin-keeper.ts';

/** Compares a friend's key with the one that is remembered, and makes the number the two can compare. */
export async function openFriendKey(
  keys: HeldKeys,
  friend: FriendKey,
): Promise<KeyStanding & { safetyNumber: string; friend: FriendKey }> {
  const me = { userId: keys.userId, publicKey: keys.identity.publicKey };
  const [standing, number] = await Promise.all([
    checkFriendKey(keys, pinKeeper(keys), friend),
    safetyNumber(me, friend),
  ]);
  return { ...standing, safetyNumber: number, friend };
}

/** Trusts the key that was shown, and no other one the server may tell of meanwhile. */
export function trustShownKey(keys: HeldKeys, friend: FriendKey, verified: boolean): Promise<void> {
  return trustFriendKey(keys, pinKeeper(keys), friend, verified ? Date.now() : null);
}

/** Saves what this browser remembers over the older pins the server has. */
export function restoreRemembered(keys: HeldKeys): Promise<void> {
  return restorePins(keys, pinKeeper(keys));
}

/** How the keys of all friends stand, by username. */
export function describeFriends(
  keys: HeldKeys,
  view: { friends: FriendKey[]; pins: SealedPins },
): Promise<Record<string, KeyStanding>> {
  return describeFriendKeys(keys, pinKeeper(keys), view);
}
