const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request may change anything: it must come from one of our own pages, or from a client that carries its
 * session in a header, which no foreign page can make a browser do (OWASP CSRF cheat sheet, "Verifying origin").
 * Remix checks only the posts of its pages; this covers every address. Where everything is served over HTTPS, a page
 * under this name that came without it is not ours: anybody on the line can put one there.
 */
export function mayChangeState(request: Request, secure: boolean): boolean {
  if (safeMethods.has(request.method)) return true;
  const origin = request.headers.get('origin');
  if (origin !== null) {
    const page = URL.parse(origin);
    return page?.host === request.headers.get('host') && !(secure && page?.protocol !== 'https:');
  }
  const site = request.headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin') return false;
  return !request.headers.has('cookie');
}
