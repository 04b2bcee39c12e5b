import type { AccountKeys } from '../account-keys.ts';
import { type Bytes, decodeUtf8, encodeUtf8, toBase64Url } from '../bytes.ts';
import { isCryptoRefusal, openForSelf, sealForSelf } from '../crypto/index.ts';

/** What is known of a friend's key: first seen is trusted, a change is shown before the next letter is sealed to it. */
export type KeyTrust = 'pinned' | 'verified' | 'changed';

/** What one person remembers of a friend's keys. Times are ms since 1970. */
interface Pin {
  /** base64url of the identity key that is trusted. */
  key: string;
  /** When that key was first seen; null in pins of before that was recorded. */
  seenAt: number | null;
  /** When the two compared their safety number; null until they did. */
  verifiedAt: number | null;
  /** When this person last decided on the key: of two copies of a pin the later one counts. */
  decidedAt: number;
  /** Keys that were trusted before, newest last: their letters stay theirs. */
  earlier: string[];
  /** The name the key goes with, so that a server cannot put another person's under it; missing in old pins. */
  username?: string | undefined;
  /** The display name that was seen last, and the one before it with the time of the change. */
  displayName?: string | undefined;
  renamed?: { from: string; at: number } | undefined;
}

/** By the friend's user id. */
export type Pins = Record<string, Pin>;

/** Pins as they are stored; `version` grows with each save, and is 0 before the first. It is bound to the pins. */
export interface SealedPins {
  pins: Bytes | null;
  version: number;
}

/** A friend's key as the server tells it. */
export interface FriendKey {
  userId: string;
  username: string;
  displayName: string;
  publicKey: Bytes;
}

const PURPOSE = 'pins';
/** Nobody starts afresh more often and is still the same friend. */
const EARLIER_MAX = 5;

/**
 * Opens pins. Null when they do not authenticate for this person and version: then no key can be told from one that was put in
 * its place. `bound` is false for pins of the older form, which open under any version.
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

/** @param version which the pins will have when they are stored */
export function sealPins(keys: AccountKeys, pins: Pins, version: number): Promise<Bytes> {
  const plain = encodeUtf8(JSON.stringify(pins));
  return sealForSelf(keys.masterKey, PURPOSE, [keys.userId, version], plain);
}

/** How a key stands to what was remembered. Nothing remembered of person and name is the first sight of it. */
export function trustOf(pins: Pins | null, friend: FriendKey): KeyTrust {
  const pin = pins?.[friend.userId];
  if (!pins || !isNamed(pins, friend)) return 'changed';
  if (!pin) return 'pinned';
  if (pin.key !== toBase64Url(friend.publicKey)) return 'changed';
  return pin.verifiedAt === null ? 'pinned' : 'verified';
}

/** Whether a letter's key is one that its reader has trusted at some time; nothing remembered is the first sight of it. */
export function hasSeen(pins: Pins | null, author: Omit<FriendKey, 'displayName'>): boolean {
  if (!pins || !isNamed(pins, author)) return false;
  const pin = pins[author.userId];
  const key = toBase64Url(author.publicKey);
  return !pin || pin.key === key || pin.earlier.includes(key);
}

/** The pins of a person who trusts this key now, for this friend and under this name. */
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
    // Later than the decision it follows, whatever the clock says.
    decidedAt: Math.max(now, (known?.decidedAt ?? 0) + 1),
    seenAt: known?.key === key ? known.seenAt : now,
    earlier: lastOf(earlier),
    ...named(known, displayName, now),
  };
  return { ...Object.fromEntries(others), [userId]: pin };
}

/** The pins with the name a friend has now; null when it is the one they have in them. The key stays as it is. */
export function withName(pins: Pins, { userId, username, displayName }: FriendKey, now: number): Pins | null {
  const pin = pins[userId];
  if (!pin || (pin.username === username && pin.displayName === displayName)) return null;
  return { ...pins, [userId]: { ...pin, username, ...named(pin, displayName, now) } };
}

/**
 * What two copies of one person's pins know together: of each friend the later decision, and every key that either trusted.
 * An entry that `theirs` has as it is in the result is the same object.
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

/** Whether person and name belong together, as far as either was seen before. Somebody who is gone has no name. */
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
