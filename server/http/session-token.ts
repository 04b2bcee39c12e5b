import { readCookie } from '#core/cookies.ts';

/**
 * The session token of a request, from its bearer header (typed clients) or its cookie (browsers).
 */
export function sessionTokenOf(request: Request, secure: boolean): string | null {
  const bearer = /^Bearer ([A-Za-z0-9_-]+)$/i.exec(request.headers.get('authorization') ?? '');
  if (bearer?.[1]) return bearer[1];
  return readCookie(request.headers.get('cookie'), 'session', secure);
}
