import type { AccountKeys } from '../account-keys.ts';
import type { Bytes } from '../bytes.ts';
import {
  type FriendKey,
  type KeyTrust,
  openPins,
  type Pins,
  type SealedPins,
  sealPins,
  trustOf,
  withPin,
} from './pins.ts';

/** Where a person's pins are kept. */
export interface PinKeeper {
  load(): Promise<SealedPins>;
  /** Compare-and-set: false when they were saved in between, and nothing was written. */
  save(pins: Bytes, version: number): Promise<boolean>;
}

/** Pins that were opened; `known` is null when they do not authenticate. */
export interface OpenedPins {
  known: Pins | null;
  version: number;
}

/** Somebody with this many devices saving at once is asked to try again. */
const ATTEMPTS = 20;

/** The pins were saved by others at every attempt. */
export class PinsBusy extends Error {
  override readonly name = 'PinsBusy';
}

/**
 * Compares a friend's key with the one seen first, and remembers it if it is the first. Pins that do not authenticate are left as
 * they are: every key then counts as changed, until its owner is compared with.
 * @param loaded the pins, if the caller has just loaded and opened them
 * @throws PinsBusy
 */
export async function checkFriendKey(
  keys: AccountKeys,
  keeper: PinKeeper,
  friend: FriendKey,
  loaded?: OpenedPins,
): Promise<KeyTrust> {
  const remember = (pins: Pins | null) => {
    const pin = pins?.[friend.userId];
    const remembered = pin?.username !== undefined || trustOf(pins, friend) === 'changed';
    return remembered ? null : withPin(pins ?? {}, friend, pin?.verifiedAt ?? null);
  };
  return trustOf(await changePins(keys, keeper, remember, loaded), friend);
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
  await changePins(keys, keeper, (pins) => withPin(pins ?? {}, friend, verifiedAt));
}

/**
 * Reads the pins and writes what `change` makes of them; null leaves them as they are. If another device saved in the
 * meantime, it tries again on top of what that one wrote. Returns what was known before.
 */
async function changePins(
  keys: AccountKeys,
  keeper: PinKeeper,
  change: (known: Pins | null) => Pins | null,
  loaded?: OpenedPins,
): Promise<Pins | null> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { known, version } = (attempt === 0 && loaded) || (await loadAndOpen(keys, keeper));
    const pins = change(known);
    if (!pins) return known;
    if (await keeper.save(await sealPins(keys, pins), version)) return known;
  }
  throw new PinsBusy('The pins were saved elsewhere at every attempt.');
}

async function loadAndOpen(keys: AccountKeys, keeper: PinKeeper): Promise<OpenedPins> {
  const { pins, version } = await keeper.load();
  return { known: await openPins(keys, pins), version };
}
