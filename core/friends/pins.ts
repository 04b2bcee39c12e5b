import type { AccountKeys } from '../account-keys.ts';
import { type Bytes, decodeUtf8, encodeUtf8, toBase64Url } from '../bytes.ts';
import { isCryptoRefusal, openForSelf, sealForSelf } from '../crypto/index.ts';

/**
 * Trust in a friend's key. The first key is trusted; a change is shown before the next letter is
 * sealed to it.
 */
export type KeyTrust = 'pinned' | 'verified' | 'changed';

/** A pin: a user's knowledge of one friend's keys. Times are ms since 1970. */
interface Pin {
  /** The trusted identity key, base64url. */
  key: string;
  /** When the key was first seen; null in old pins, which didn't record it. */
  seenAt: number | null;
  /** When the user compared the safety number; null if not compared. */
  verifiedAt: number | null;
  /**
   * When the user last decided about the key. Of two copies of a pin, the later decision counts.
   */
  decidedAt: number;
  /** Previously trusted keys, newest last. Their letters stay the friend's. */
  earlier: string[];
  /**
   * The username of the key, so that a server can't put another user's key under it. Missing in old
   * pins.
   */
  username?: string | undefined;
  /** The last seen display name, and the previous one with the time of the change. */
  displayName?: string | undefined;
  renamed?: { from: string; at: number } | undefined;
}

export type Pins = Record<string, Pin>;

/** Stored pins. `version` grows with each save, is 0 before the first, and is bound to the pins. */
export interface SealedPins {
  pins: Bytes | null;
  version: number;
}

export interface FriendKey {
  userId: string;
  username: string;
  displayName: string;
  publicKey: Bytes;
}

const PURPOSE = 'pins';
/** No friend resets their account more often than this. */
const EARLIER_MAX = 5;

/**
 * Opens pins. Returns null if they don't authenticate for this user and version: then no key can be
 * trusted. `bound` is false for pins of the older form, which open under any version.
 */
export async function openPins(
  keys: AccountKeys,
  { pins, version }: SealedPins,
): Promise<{ pins: Pins; bound: boolean } | null> {
  if (!pins) return { pins: {}, bound: true };
  const bound = await openFor(keys, [keys.userId, version], pins);
  const opened = bound ?? (await openFor(keys, [keys.userId], pins));
  return opened && { pins: opened, bound: bound !== null };
}

/** @param version the version the pins will be stored under */
export function sealPins(keys: AccountKeys, pins: Pins, version: number): Promise<Bytes> {
  const plain = encodeUtf8(JSON.stringify(pins));
  return sealForSelf(keys.masterKey, PURPOSE, [keys.userId, version], plain);
}

/**
 * Compares a key with the pinned one. Without a pin for this user and name, it is trust on first
 * use.
 */
export function trustOf(pins: Pins | null, friend: FriendKey): KeyTrust {
  const pin = pins?.[friend.userId];
  if (!pins || !isNamed(pins, friend)) return 'changed';
  if (!pin) return 'pinned';
  if (pin.key !== toBase64Url(friend.publicKey)) return 'changed';
  return pin.verifiedAt === null ? 'pinned' : 'verified';
}

/**
 * Tells whether the reader has ever trusted a letter's author key. Without a pin, it is trust on
 * first use.
 */
export function hasSeen(pins: Pins | null, author: Omit<FriendKey, 'displayName'>): boolean {
  if (!pins || !isNamed(pins, author)) return false;
  const pin = pins[author.userId];
  const key = toBase64Url(author.publicKey);
  return !pin || pin.key === key || pin.earlier.includes(key);
}

/** Returns the pins with this key trusted for this friend and name. */
export function withPin(
  pins: Pins,
  { userId, username, displayName, publicKey }: FriendKey,
  { verifiedAt, now }: { verifiedAt: number | null; now: number },
): Pins {
  const key = toBase64Url(publicKey);
  const known = pins[userId];
  const earlier = known ? [...known.earlier, known.key].filter((other) => other !== key) : [];
  const others = Object.entries(pins).map(([id, pin]) => [
    id,
    pin.username === username ? { ...pin, username: undefined } : pin,
  ]);
  const pin: Pin = {
    ...{ key, verifiedAt, username },
    // Later than the previous decision, whatever the clock says.
    decidedAt: Math.max(now, (known?.decidedAt ?? 0) + 1),
    seenAt: known?.key === key ? known.seenAt : now,
    earlier: lastOf(earlier),
    ...named(known, displayName, now),
  };
  return { ...Object.fromEntries(others), [userId]: pin };
}

/**
 * Returns the pins with the friend's current display name; null if nothing changed. The key stays.
 */
export function withName(pins: Pins, { userId, username, displayName }: FriendKey, now: number): Pins | null {
  const pin = pins[userId];
  if (!pin || (pin.username === username && pin.displayName === displayName)) return null;
  return { ...pins, [userId]: { ...pin, username, ...named(pin, displayName, now) } };
}

/**
 * Merges two copies of a user's pins: the later decision for each friend, and every key that either
 * trusted. An entry equal to the one in `theirs` is the same object.
 */
export function mergePins(ours: Pins, theirs: Pins): Pins {
  const merged: Pins = { ...theirs };
  for (const [userId, own] of Object.entries(ours)) {
    const other = theirs[userId];
    const [kept, left] = other && other.decidedAt >= own.decidedAt ? [other, own] : [own, other];
    const known = new Set(kept.earlier);
    const added = left
      ? [...left.earlier, left.key].filter((key) => key !== kept.key && !known.has(key))
      : [];
    merged[userId] = added.length > 0 ? { ...kept, earlier: lastOf([...added, ...kept.earlier]) } : kept;
  }
  return merged;
}

function named(
  known: Pin | undefined,
  displayName: string,
  now: number,
): Pick<Pin, 'displayName' | 'renamed'> {
  const isNew = known?.displayName !== undefined && known.displayName !== displayName;
  return { displayName, renamed: isNew ? { from: known.displayName ?? '', at: now } : known?.renamed };
}

const lastOf = (keys: string[]) => [...new Set(keys)].slice(-EARLIER_MAX);

/**
 * Tells whether user and name match the pins, as far as either was seen. A deleted user has no
 * name.
 */
function isNamed(pins: Pins, { userId, username }: Pick<FriendKey, 'userId' | 'username'>): boolean {
  if (username === '') return true;
  const known = pins[userId]?.username ?? username;
  return (
    known === username &&
    Object.entries(pins).every(([id, pin]) => id === userId || pin.username !== username)
  );
}

async function openFor(
  keys: AccountKeys,
  context: [string, ...number[]],
  sealed: Bytes,
): Promise<Pins | null> {
  try {
    return readPins(JSON.parse(decodeUtf8(await openForSelf(keys.masterKey, PURPOSE, context, sealed))));
  } catch (error) {
    if (isCryptoRefusal(error)) return null;
    throw error;
  }
}

const empty = { key: '', seenAt: null, verifiedAt: null, decidedAt: 0, earlier: [] };

function readPins(value: unknown): Pins {
  const entries = Object.entries(value as Record<string, Partial<Pin>>);
  return Object.fromEntries(entries.map(([userId, pin]) => [userId, { ...empty, ...pin }]));
}
