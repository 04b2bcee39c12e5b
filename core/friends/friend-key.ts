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

/** Where a person's pins are kept. */
export interface PinKeeper {
  load(): Promise<SealedPins>;
  /** Compare-and-set of `version` to `next`: false when they were saved in between, and nothing was written. */
  save(pins: Bytes, version: number, next: number): Promise<boolean>;
  /** What this device remembers by itself; null where the keys are opened by the server. */
  memory: PinMemory | null;
  /** ms since 1970 */
  now(): number;
}

/** How a friend's key stands, for whoever is about to rely on it. */
export interface KeyStatus {
  trust: KeyTrust;
  /** When the numbers were compared, or else the key was first seen, ms since 1970; null when that was not recorded. */
  at: number | null;
  /** The server hands out less than this device has seen: no letter is sealed until the person has looked at it. */
  withheld: Withheld | null;
  /** This device took the key from the server: it was compared, or first seen, before this device remembered anything. */
  takenOver: boolean;
  /** What the friend called themselves until recently. */
  formerName: string | null;
}

/** How long a friend's change of name is told, ms. */
const RENAMING_TOLD = 30 * DAY;
/** Somebody with this many devices saving at once is asked to try again. */
const ATTEMPTS = 20;

/** Whether a letter may be sealed to a key without the person having another look. */
export function maySealTo({ trust, withheld }: KeyStatus): boolean {
  return trust !== 'changed' && withheld === null;
}

/**
 * Compares a friend's key with the one seen first, and remembers it if it is the first. Pins that do not authenticate, or are less
 * than this device remembers, are left as they are until the person decides.
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
 * Trusts the key a friend has now, and saves whatever this device remembers over what the server has.
 * @param verifiedAt ms since 1970 when the two have compared their safety number; null when they have not
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

/** Saves what this device remembers over what the server has, where that is older or missing. @throws PinsBusy */
export async function restorePins(keys: AccountKeys, keeper: PinKeeper): Promise<void> {
  await changePins(keys, keeper, ({ known, withheld }) => (withheld ? known : null));
}

/** How the keys of friends stand, by username; saves nothing. */
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
 * Reads the pins and writes what `change` makes of them; null leaves them as they are. If another device saved in the
 * meantime, it tries again on top of what that one wrote. This device remembers what the server then has.
 */
async function changePins(
  keys: AccountKeys,
  keeper: PinKeeper,
  change: (believed: BelievedPins) => Pins | null,
  loaded?: BelievedPins,
): Promise<{ believed: BelievedPins; pins: Pins | null }> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    // Pins that came with a page may be older than those another page has saved meanwhile.
    const early = attempt === 0 && loaded && !loaded.withheld ? loaded : null;
    const believed = early ?? (await loadPins(keys, keeper));
    const { known, withheld, stored, incomplete } = believed;
    const pins = change(believed) ?? (incomplete && !withheld ? known : null);
    if (!pins) {
      if (known && !withheld) await remember(keeper, believed, stored);
      return { believed, pins: known };
    }
    // Later than any of the person's devices has seen, so that none of them takes it for an old one.
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

/** The pins as they came with something else that was loaded. */
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

/** The procedures that load and save the keys a user has seen of their friends. */
export interface PinApi {
  pins: { query(): Promise<SealedPins> };
  savePins: {
    mutate(input: { pins: Bytes; version: number; next: number }): Promise<{ saved: boolean }>;
  };
}

/** Keeps a user's pins on the server, and what this device remembers of them. */
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
