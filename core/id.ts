import { randomBytes, toHex } from './bytes.ts';

/**
 * Crockford's base32: no I, L, O, U, so that a code survives being read aloud or written by hand.
 */
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const FRIEND_CODE_LENGTH = 10;

/** Makes an id: 24 lowercase hex digits, shaped like an ObjectId but fully random (12 bytes). */
export function newId(): string {
  return toHex(randomBytes(12));
}

export function isId(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{24}$/.test(value);
}

/** Makes a friend code in its stored form: 10 characters, 50 random bits, no hyphen. */
export function newFriendCode(): string {
  // 256 is a multiple of 32, so the low five bits of a random byte are uniform.
  return [...randomBytes(FRIEND_CODE_LENGTH)].map((byte) => CROCKFORD.charAt(byte & 31)).join('');
}

/**
 * Normalises a friend code as typed: ignores case, spaces and hyphens, and reads O as 0, I and L as
 * 1. Accepts a whole invitation link too.
 * @returns null if it can't be a friend code
 */
export function normalizeFriendCode(text: string): string | null {
  const code = plainCode(text);
  return new RegExp(`^${CODE_CHARACTER}{${FRIEND_CODE_LENGTH}}$`).test(code) ? code : null;
}

/** Tells whether a text is the beginning of a friend code, as in a link that lost its end. */
export function isCutOffCode(text: string): boolean {
  const code = plainCode(text);
  return code.length < FRIEND_CODE_LENGTH && new RegExp(`^${CODE_CHARACTER}*$`).test(code);
}

const CODE_CHARACTER = '[0-9A-HJKMNP-TV-Z]';

function plainCode(text: string): string {
  // Longer than any link; never a code.
  if (text.length > 300) return '?';
  return text
    .trim()
    .replace(/^https?:\/\/[^/]+\/friends\/add\//i, '')
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}\u2212]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
}

/** Formats a code as `XXXXX-XXXXX` for reading; {@link normalizeFriendCode} reverses it. */
export function formatFriendCode(code: string): string {
  return `${code.slice(0, 5)}-${code.slice(5)}`;
}
