const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request may change state. It must come from one of our own pages, or carry its session
 * in a header, which a foreign page cannot make a browser do (OWASP CSRF cheat sheet, "Verifying
 * origin"). Remix checks only posts to its pages; this covers every address. On an HTTPS
 * installation, a page of the same host over plain HTTP is not ours: anyone on the network can
 * inject one.
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
