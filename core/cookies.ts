import { DAY, inSeconds } from './durations.ts';

interface Cookie {
  name: string;
  sameSite: 'Lax' | 'Strict';
  /** Whether scripts cannot read it. */
  httpOnly: boolean;
  /** Whether its name begins with `__Host-` over HTTPS: that binds it to this host, path and scheme (RFC 6265bis, 4.1.3). */
  hostPrefix: boolean;
  /** Seconds it is kept, unless it is written with a date. */
  maxAge?: number;
}

const secret = { sameSite: 'Lax', httpOnly: true, hostPrefix: true } as const;

/** All cookies of the app. None of them has a value that would have to be escaped; time zones are percent-encoded. */
const cookies = {
  session: { ...secret, name: 'bff' },
  /** Names a device that was logged in before, at its next log-in. */
  device: { ...secret, name: 'bff-device', maxAge: inSeconds(365 * DAY) },
  /** A log-in that waits for its second factor. */
  challenge: { ...secret, name: 'bff-code' },
  /** The friend code of a person who was invited and has yet to join. */
  invitation: { ...secret, name: 'bff-invitation', maxAge: inSeconds(7 * DAY) },
  /** Colours and text size on this device. */
  look: {
    name: 'look',
    sameSite: 'Lax',
    httpOnly: true,
    hostPrefix: false,
    maxAge: inSeconds(365 * DAY),
  },
  /** Written by scripts, so that the server knows the zone of the dates it shows. */
  timeZone: {
    name: 'tz',
    sameSite: 'Lax',
    httpOnly: false,
    hostPrefix: false,
    maxAge: inSeconds(365 * DAY),
  },
  /** Salt and cost of the latest log-ins, for scripts. */
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
 * The value of a cookie, or null.
 *
 * @param header of a request, or a page's `document.cookie`
 * @param secure whether the installation is served over HTTPS
 */
export function readCookie(header: string | null, cookie: CookieName, secure: boolean): string | null {
  const start = `${nameOf(cookie, secure)}=`;
  const pair = header?.split(/;\s*/).find((one) => one.startsWith(start));
  return pair?.slice(start.length) ?? null;
}

/** A `Set-Cookie` header, or what a page assigns to `document.cookie`. Null removes the cookie. */
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
