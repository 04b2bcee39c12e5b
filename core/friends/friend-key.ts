import type { AccountKeys } from '../account-keys.ts';
import type { Bytes } from '../bytes.ts';
import {
  type FriendKey,
  type KeyTrust,
  openPins,
  type Pin,
  pinOf,
  type SealedPins,
  sealPins,
  trustOf,
} from './pins.ts';

/** Where a person's pins are kept. */
export interface PinKeeper {
  load(): Promise<SealedPins>;
  /** Compare-and-set: false when they were saved in between, and nothing was written. */
  save(pins: Bytes, version: number): Promise<boolean>;
}

/** Somebody with this many devices saving at once is asked to try again. */
const ATTEMPTS = 20;

/** The pins were saved by others at every attempt. */
export class PinsBusy extends Error {
  override readonly name = 'PinsBusy';
}

/**
 * Compares a friend's key with the one seen first, and remembers it if it is the first.
 * @param loaded the pins, if the caller has just loaded them
 * @throws PinsBusy
 */
export async function checkFriendKey(
  keys: AccountKeys,
  keeper: PinKeeper,
  friend: FriendKey,
  loaded?: SealedPins,
): Promise<KeyTrust> {
  const remember = (pin: Pin | undefined) => (pin ? null : pinOf(friend.publicKey, null));
  const known = await changePin(keys, keeper, friend.userId, remember, loaded);
  return trustOf(known, friend.publicKey);
}

/**
 * Trusts the key a friend has now.
 * @param verifiedAt ms since 1970 when the two have compared their safety number; null when they have not
 * @throws PinsBusy
 */
export async function trustFriendKey(
  keys: AccountKeys,
  keeper: PinKeeper,
  friend: FriendKey,
  verifiedAt: number | null,
): Promise<void> {
  await changePin(keys, keeper, friend.userId, (pin) => pinOf(friend.publicKey, verifiedAt, pin));
}

/**
 * Reads the pins, and writes the one that `change` makes of what is there now; null leaves them as they are. Tried again
 * when another device saved in between, with what that one wrote. Returns what was known before.
 */
async function changePin(
  keys: AccountKeys,
  keeper: PinKeeper,
  friendId: string,
  change: (known: Pin | undefined) => Pin | null,
  loaded?: SealedPins,
): Promise<Pin | undefined> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const sealed = (attempt === 0 && loaded) || (await keeper.load());
    const pins = await openPins(keys, sealed.pins);
    const known = pins[friendId];
    const pin = change(known);
    if (!pin) return known;
    if (await keeper.save(await sealPins(keys, { ...pins, [friendId]: pin }), sealed.version)) return known;
  }
  throw new PinsBusy('The pins were saved elsewhere at every attempt.');
}
