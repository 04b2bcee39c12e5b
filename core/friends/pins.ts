import type { AccountKeys } from '../account-keys.ts';
import { type Bytes, decodeUtf8, encodeUtf8, toBase64Url } from '../bytes.ts';
import { isCryptoRefusal, openForSelf, sealForSelf } from '../crypto/index.ts';

/** What is known of a friend's key: first seen is trusted, a change is shown before the next letter is sealed to it. */
export type KeyTrust = 'pinned' | 'verified' | 'changed';

/** What one person remembers of a friend's keys. */
export interface Pin {
  /** base64url of the identity key that is trusted. */
  key: string;
  /** When the two compared their safety number, ms since 1970; null until they did. */
  verifiedAt: number | null;
  /** Keys that were trusted before, newest last: their letters stay theirs. */
  earlier: string[];
  /** The name the key goes with, so that a server cannot put another person's under it; missing in old pins. */
  username?: string | undefined;
}

/** By the friend's user id. */
export type Pins = Record<string, Pin>;

/** Pins as the server keeps them; `version` grows by one with each save, and is 0 before the first. */
export interface SealedPins {
  pins: Bytes | null;
  version: number;
}

/** A friend's key as the server tells it. */
export interface FriendKey {
  userId: string;
  username: string;
  publicKey: Bytes;
}

const PURPOSE = 'pins';
/** Nobody starts afresh more often and is still the same friend. */
const EARLIER_MAX = 5;

/** None when they do not authenticate: then no key can be told from one that was put in its place. */
export async function openPins(keys: AccountKeys, sealed: Bytes | null): Promise<Pins | null> {
  if (!sealed) return {};
  try {
    return readPins(JSON.parse(decodeUtf8(await openForSelf(keys.masterKey, PURPOSE, keys.userId, sealed))));
  } catch (error) {
    if (isCryptoRefusal(error)) return null;
    throw error;
  }
}

export function sealPins(keys: AccountKeys, pins: Pins): Promise<Bytes> {
  return sealForSelf(keys.masterKey, PURPOSE, keys.userId, encodeUtf8(JSON.stringify(pins)));
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
export function hasSeen(pins: Pins | null, author: FriendKey): boolean {
  if (!pins || !isNamed(pins, author)) return false;
  const pin = pins[author.userId];
  const key = toBase64Url(author.publicKey);
  return !pin || pin.key === key || pin.earlier.includes(key);
}

/** The pins of somebody who trusts this key now, for this person and under this name. */
export function withPin(
  pins: Pins,
  { userId, username, publicKey }: FriendKey,
  verifiedAt: number | null,
): Pins {
  const key = toBase64Url(publicKey);
  const known = pins[userId];
  const earlier = known ? [...known.earlier, known.key].filter((other) => other !== key) : [];
  const others = Object.entries(pins).map(([id, pin]) => [
    id,
    pin.username === username ? { ...pin, username: undefined } : pin,
  ]);
  const pin = { key, verifiedAt, earlier: [...new Set(earlier)].slice(-EARLIER_MAX), username };
  return { ...Object.fromEntries(others), [userId]: pin };
}

/** Whether person and name belong together, as far as either was seen before. Somebody who is gone has no name. */
function isNamed(pins: Pins, { userId, username }: FriendKey): boolean {
  if (username === '') return true;
  const known = pins[userId]?.username ?? username;
  return (
    known === username &&
    Object.entries(pins).every(([id, pin]) => id === userId || pin.username !== username)
  );
}

function readPins(value: unknown): Pins {
  const entries = Object.entries(value as Record<string, Partial<Pin>>);
  return Object.fromEntries(
    entries.map(([userId, { key = '', verifiedAt = null, earlier = [], username }]) => [
      userId,
      { key, verifiedAt, earlier, username },
    ]),
  );
}
