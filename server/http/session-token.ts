/** The session cookie's name: over HTTPS the `__Host-` prefix binds it to this host, path and scheme (RFC 6265bis 4.1.3). */
export function sessionCookieName(secure: boolean): string {
  return secure ? '__Host-bff' : 'bff';
}

/** The name of the cookie by which a device is known at the next log-in. */
export function deviceCookieName(secure: boolean): string {
  return `${sessionCookieName(secure)}-device`;
}

/** The name of the cookie that holds a log-in which waits for its second factor. */
export function challengeCookieName(secure: boolean): string {
  return `${sessionCookieName(secure)}-code`;
}

/** The name of the cookie that holds the friend code of somebody who was invited and has yet to join. */
export function invitationCookieName(secure: boolean): string {
  return `${sessionCookieName(secure)}-invitation`;
}

/** The session token of a request, from its bearer header (typed clients) or its cookie (browsers). */
export function sessionTokenOf(request: Request, cookieName: string): string | null {
  const bearer = /^Bearer ([A-Za-z0-9_-]+)$/i.exec(request.headers.get('authorization') ?? '');
  if (bearer?.[1]) return bearer[1];
  return cookieOf(request, cookieName);
}

/** The value of a request's cookie. */
export function cookieOf(request: Request, name: string): string | null {
  for (const pair of (request.headers.get('cookie') ?? '').split(/;\s*/)) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at) === name) return pair.slice(at + 1);
  }
  return null;
}
