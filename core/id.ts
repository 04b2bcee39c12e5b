import { randomBytes, toHex } from './bytes.ts';

/** Crockford's base32: no I, L, O, U, so that a code survives being read aloud or written by hand. */
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const FRIEND_CODE_LENGTH = 10;

/** A new id: 24 lowercase hex digits, 12 random bytes in the shape of an ObjectId, without clock or counter. */
export function newId(): string {
  return toHex(randomBytes(12));
}

export function isId(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{24}$/.test(value);
}

/** A new friend code in its stored form: 10 characters, 50 random bits, no hyphen. */
export function newFriendCode(): string {
  // 256 is a multiple of 32: the low five bits of a random byte choose every character equally often.
  return [...randomBytes(FRIEND_CODE_LENGTH)].map((byte) => CROCKFORD.charAt(byte & 31)).join('');
}

/**
 * The stored form of a code as a person typed it: case, spaces and hyphens are forgiven, O is read as 0, I and L as 1. A
 * whole share link is as good as its code. Null when it cannot be a friend code.
 */
export function normalizeFriendCode(text: string): string | null {
  if (text.length > 300) return null;
  const code = text
    .trim()
    .replace(/^https?:\/\/[^/]+\/friends\/add\//i, '')
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}\u2212]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return /^[0-9A-HJKMNP-TV-Z]{10}$/.test(code) ? code : null;
}

/** `XXXXX-XXXXX`, for the eye; {@link normalizeFriendCode} undoes it. */
export function formatFriendCode(code: string): string {
  return `${code.slice(0, 5)}-${code.slice(5)}`;
}
