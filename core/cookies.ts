import { DAY, inSeconds } from './durations.ts';

interface Cookie {
  name: string;
  sameSite: 'Lax' | 'Strict';
  httpOnly: boolean;
  /**
   * Prefixes the name with `__Host-` over HTTPS, which binds it to host, path and scheme (RFC
   * 6265bis, 4.1.3).
   */
  hostPrefix: boolean;
  /** Lifetime in seconds, unless the cookie is written with a date. */
  maxAge?: number;
}

const secret = { sameSite: 'Lax', httpOnly: true, hostPrefix: true } as const;

/** All cookies of the app. No value needs escaping; time zones are percent-encoded. */
const cookies = {
  session: { ...secret, name: 'bff' },
  /** Identifies a known device at its next login. */
  device: { ...secret, name: 'bff-device', maxAge: inSeconds(365 * DAY) },
  challenge: { ...secret, name: 'bff-code' },
  /** The friend code or invitation of a person who hasn't joined yet. */
  invitation: { ...secret, name: 'bff-invitation', maxAge: inSeconds(7 * DAY) },
  look: {
    name: 'look',
    sameSite: 'Lax',
    httpOnly: true,
    hostPrefix: false,
    maxAge: inSeconds(365 * DAY),
  },
  /** Written by scripts: the zone in which the server writes dates. */
  timeZone: {
    name: 'tz',
    sameSite: 'Lax',
    httpOnly: false,
    hostPrefix: false,
    maxAge: inSeconds(365 * DAY),
  },
  /** Salt and cost of the latest logins, read by scripts. */
  kdf: {
    name: 'bff-kdf',
    sameSite: 'Strict',
    httpOnly: false,
    hostPrefix: true,
    maxAge: inSeconds(400 * DAY),
  },
} satisfies Record<string, Cookie>;

export type CookieName = keyof typeof cookies;

/**
 * Reads a cookie's value; null if it is missing.
 * @param header of a request, or a page's `document.cookie`
 * @param secure whether the installation is served over HTTPS
 */
export function readCookie(header: string | null, cookie: CookieName, secure: boolean): string | null {
  const start = `${nameOf(cookie, secure)}=`;
  const pair = header?.split(/;\s*/).find((one) => one.startsWith(start));
  return pair?.slice(start.length) ?? null;
}

/** Writes a `Set-Cookie` header, or a value for `document.cookie`. Null removes the cookie. */
export function writeCookie(
  cookie: CookieName,
  value: string | null,
  { secure, expires }: { secure: boolean; expires?: Date },
): string {
  const { sameSite, httpOnly, maxAge }: Cookie = cookies[cookie];
  const lifetime = expires ? `; Expires=${expires.toUTCString()}` : maxAge ? `; Max-Age=${maxAge}` : '';
  return [
    `${nameOf(cookie, secure)}=${value ?? ''}; Path=/`,
    httpOnly ? '; HttpOnly' : '',
    `; SameSite=${sameSite}`,
    secure ? '; Secure' : '',
    value === null ? '; Max-Age=0' : lifetime,
  ].join('');
}

function nameOf(cookie: CookieName, secure: boolean): string {
  const { name, hostPrefix } = cookies[cookie];
  return secure && hostPrefix ? `__Host-${name}` : name;
}
