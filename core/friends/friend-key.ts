import type { AccountKeys } from '../account-keys.ts';
import type { Bytes } from '../bytes.ts';
import { DAY } from '../durations.ts';
import { PinsBusy } from '../refusal.ts';
import { type BelievedPins, believePins, type PinMemory, type Withheld } from './believe-pins.ts';
import {
  type FriendKey,
  type KeyTrust,
  type Pins,
  type SealedPins,
  sealPins,
  trustOf,
  withName,
  withPin,
} from './pins.ts';

export interface PinKeeper {
  load(): Promise<SealedPins>;
  /**
   * Replaces `version` by `next` (compare-and-set). Returns false and writes nothing if the pins
   * were saved in between.
   */
  save(pins: Bytes, version: number, next: number): Promise<boolean>;
  /** This device's memory of pins; null where the server opens the keys. */
  memory: PinMemory | null;
  /** ms since 1970 */
  now(): number;
}

/** The key status: the result of comparing a friend's key with its pin. */
export interface KeyStatus {
  trust: KeyTrust;
  /**
   * When the safety numbers were compared, or else when the key was first seen, in ms since 1970.
   * Null if that wasn't recorded.
   */
  at: number | null;
  /**
   * The server withholds pins that this device has seen. No letter is sealed until the user
   * confirms the key.
   */
  withheld: Withheld | null;
  /** Whether the key was compared or first seen before this device remembered anything. */
  takenOver: boolean;
  /** The friend's previous display name, if it changed recently. */
  formerName: string | null;
}

const RENAMING_TOLD = 30 * DAY;
/** A user with this many devices saving at once is asked to try again. */
const ATTEMPTS = 20;

/** Tells whether a letter may be sealed to a key without asking the user. */
export function maySealTo({ trust, withheld }: KeyStatus): boolean {
  return trust !== 'changed' && withheld === null;
}

/**
 * Compares a friend's key with its pin, and pins a new friend's key (trust on first use). Pins that
 * don't authenticate, or are withheld, stay as they are until the user decides.
 * @param loaded the pins, if the caller has just loaded and opened them
 * @throws PinsBusy
 */
export async function checkFriendKey(
  keys: AccountKeys,
  keeper: PinKeeper,
  friend: FriendKey,
  loaded?: BelievedPins,
): Promise<KeyStatus> {
  const now = keeper.now();
  const remember = ({ known, withheld }: BelievedPins) => {
    if (!known || withheld || trustOf(known, friend) === 'changed') return null;
    return known[friend.userId]
      ? withName(known, friend, now)
      : withPin(known, friend, { verifiedAt: null, now });
  };
  const { believed, pins } = await changePins(keys, keeper, remember, loaded);
  return statusOf({ ...believed, known: pins }, friend, keeper);
}

/**
 * Trusts a friend's current key, and saves this device's pins over the server's.
 * @param verifiedAt when the user compared the safety number, ms since 1970; null if not compared
 * @throws PinsBusy
 */
export async function trustFriendKey(
  keys: AccountKeys,
  keeper: PinKeeper,
  friend: FriendKey,
  verifiedAt: number | null,
): Promise<void> {
  const now = keeper.now();
  await changePins(keys, keeper, ({ known }) => withPin(known ?? {}, friend, { verifiedAt, now }));
}

/** Saves this device's pins over the server's if those are older or missing. @throws PinsBusy */
export async function restorePins(keys: AccountKeys, keeper: PinKeeper): Promise<void> {
  await changePins(keys, keeper, ({ known, withheld }) => (withheld ? known : null));
}

/** Returns the key statuses of friends by username; saves nothing. */
export async function describeFriendKeys(
  keys: AccountKeys,
  keeper: PinKeeper,
  { friends, pins }: { friends: FriendKey[]; pins: SealedPins },
): Promise<Record<string, KeyStatus>> {
  const early = await believeLoaded(keys, keeper, pins);
  const believed = early.withheld ? await loadPins(keys, keeper) : early;
  return Object.fromEntries(friends.map((friend) => [friend.username, statusOf(believed, friend, keeper)]));
}

function statusOf(
  { known, withheld, remembered }: Pick<BelievedPins, 'known' | 'withheld' | 'remembered'>,
  friend: FriendKey,
  { memory, now }: PinKeeper,
): KeyStatus {
  const pin = known?.[friend.userId];
  const trust = trustOf(known, friend);
  const renamed = pin?.renamed;
  return {
    trust,
    at: pin?.verifiedAt ?? pin?.seenAt ?? null,
    withheld,
    takenOver: memory !== null && pin !== undefined && pin.decidedAt < (remembered?.since ?? now()),
    formerName: trust !== 'changed' && renamed && now() - renamed.at < RENAMING_TOLD ? renamed.from : null,
  };
}

/**
 * Loads the pins and saves the result of `change`; null saves nothing. If another device saved in
 * the meantime, tries again on top of its pins. This device remembers the result.
 */
async function changePins(
  keys: AccountKeys,
  keeper: PinKeeper,
  change: (believed: BelievedPins) => Pins | null,
  loaded?: BelievedPins,
): Promise<{ believed: BelievedPins; pins: Pins | null }> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    // Pins that came with a page may be older than those saved by another page meanwhile.
    const early = attempt === 0 && loaded && !loaded.withheld ? loaded : null;
    const believed = early ?? (await loadPins(keys, keeper));
    const { known, withheld, stored, incomplete } = believed;
    const pins = change(believed) ?? (incomplete && !withheld ? known : null);
    if (!pins) {
      if (known && !withheld) await remember(keeper, believed, stored);
      return { believed, pins: known };
    }
    // Later than any version the user's devices have seen, so that none of them takes it for an old
    // one.
    const next = Math.max(stored.version, believed.remembered?.version ?? 0) + 1;
    const sealed = await sealPins(keys, pins, next);
    if (await keeper.save(sealed, stored.version, next)) {
      await remember(keeper, believed, { pins: sealed, version: next });
      return { believed, pins };
    }
  }
  throw new PinsBusy();
}

async function loadPins(keys: AccountKeys, keeper: PinKeeper): Promise<BelievedPins> {
  const remembered = await recall(keeper);
  return believePins(keys, await keeper.load(), remembered);
}

/** Opens pins that were loaded together with something else. */
export async function believeLoaded(
  keys: AccountKeys,
  keeper: PinKeeper,
  pins: SealedPins,
): Promise<BelievedPins> {
  return believePins(keys, pins, await recall(keeper));
}

const recall = async ({ memory }: PinKeeper) => (await memory?.recall()) ?? null;

async function remember(keeper: PinKeeper, { remembered }: BelievedPins, { pins, version }: SealedPins) {
  if (!pins || (remembered && remembered.version >= version)) return;
  await keeper.memory?.remember({ pins, version, since: remembered?.since ?? keeper.now() });
}

export interface PinApi {
  pins: { query(): Promise<SealedPins> };
  savePins: {
    mutate(input: { pins: Bytes; version: number; next: number }): Promise<{ saved: boolean }>;
  };
}

/** Stores pins on the server and in this device's memory. */
export function pinKeeper({
  api,
  memory,
  now,
}: {
  api: { friends: PinApi };
  memory: PinMemory | null;
  now(): number;
}): PinKeeper {
  return {
    load: () => api.friends.pins.query(),
    save: async (pins, version, next) => (await api.friends.savePins.mutate({ pins, version, next })).saved,
    memory,
    now,
  };
}
