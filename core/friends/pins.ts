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
  publicKey: Bytes;
}

const PURPOSE = 'pins';
/** Nobody starts afresh more often and is still the same friend. */
const EARLIER_MAX = 5;

/** Pins that were sealed under keys since replaced cannot be read: every key then counts as seen for the first time. */
export async function openPins(keys: AccountKeys, sealed: Bytes | null): Promise<Pins> {
  if (!sealed) return {};
  try {
    return readPins(JSON.parse(decodeUtf8(await openForSelf(keys.masterKey, PURPOSE, keys.userId, sealed))));
  } catch (error) {
    if (isCryptoRefusal(error)) return {};
    throw error;
  }
}

export function sealPins(keys: AccountKeys, pins: Pins): Promise<Bytes> {
  return sealForSelf(keys.masterKey, PURPOSE, keys.userId, encodeUtf8(JSON.stringify(pins)));
}

/** How a key stands to what was remembered. Nothing remembered is the first sight of it. */
export function trustOf(pin: Pin | undefined, publicKey: Bytes): KeyTrust {
  if (!pin) return 'pinned';
  if (pin.key !== toBase64Url(publicKey)) return 'changed';
  return pin.verifiedAt === null ? 'pinned' : 'verified';
}

/** Whether a letter's key is one that its reader has trusted at some time; nothing remembered is the first sight of it. */
export function hasSeen(pin: Pin | undefined, publicKey: Bytes): boolean {
  const key = toBase64Url(publicKey);
  return !pin || pin.key === key || pin.earlier.includes(key);
}

/** The pin of somebody who trusts this key now. */
export function pinOf(publicKey: Bytes, verifiedAt: number | null, known?: Pin): Pin {
  const key = toBase64Url(publicKey);
  const earlier = known ? [...known.earlier, known.key].filter((other) => other !== key) : [];
  return { key, verifiedAt, earlier: [...new Set(earlier)].slice(-EARLIER_MAX) };
}

function readPins(value: unknown): Pins {
  const entries = Object.entries(value as Record<string, Partial<Pin>>);
  return Object.fromEntries(
    entries.map(([userId, { key = '', verifiedAt = null, earlier = [] }]) => [
      userId,
      { key, verifiedAt, earlier },
    ]),
  );
}
