import { randomBytes, toBase64Url } from '../bytes.ts';
import { normalizeFriendCode } from '../id.ts';

/** 16 bytes in base64url: tokens and fingerprints alike. */
const LENGTH = 22;
const WHOLE = new RegExp(`^[A-Za-z0-9_-]{${LENGTH}}$`);

export function newInvitationToken(): string {
  return toBase64Url(randomBytes(16));
}

export function isInvitationToken(text: unknown): text is string {
  return typeof text === 'string' && WHOLE.test(text);
}

/** Tells whether a text is the beginning of a token, as in a link that lost its end. */
export function isCutOffToken(text: string): boolean {
  return text.length < LENGTH && /^[A-Za-z0-9_-]*$/.test(text);
}

/**
 * Returns the path of an invitation, with its fingerprint as the fragment. Browsers never send the
 * fragment to the server.
 */
export function invitationPath(token: string, fingerprint?: string): string {
  return `/friends/join/${token}${fingerprint === undefined ? '' : `#${fingerprint}`}`;
}

/** Returns the page of a friend code or of an invitation's token; null for anything else. */
export function pathOfInvitation(text: string | null): string | null {
  if (isInvitationToken(text)) return invitationPath(text);
  const code = normalizeFriendCode(text ?? '');
  return code && `/friends/add/${code}`;
}

/**
 * Reads the fingerprint from a link's fragment; ignores what a chat appends to a link, such as a
 * full stop.
 * @returns null where there is no fragment
 */
export function readFingerprint(fragment: string): string | 'cut-off' | null {
  const text = fragment.replace(/^#/, '');
  if (text === '') return null;
  return new RegExp(`^[A-Za-z0-9_-]{${LENGTH}}(?![A-Za-z0-9_-])`).exec(text)?.[0] ?? 'cut-off';
}

/** Takes the link of an invitation apart; null for any other text. */
export function readInvitationLink(
  link: string,
): { token: string; fingerprint: string | 'cut-off' | null } | null {
  const url = URL.parse(link.trim());
  const token = url && /^\/friends\/join\/([^/]+)$/.exec(url.pathname)?.[1];
  if (!url || !isInvitationToken(token)) return null;
  return { token, fingerprint: readFingerprint(url.hash) };
}
