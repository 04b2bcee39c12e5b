const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request may change anything: it must come from one of our own pages, or from a client that carries its
 * session in a header, which no foreign page can make a browser do (OWASP CSRF cheat sheet, "Verifying origin").
 * Remix checks only the posts of its pages; this covers every address.
 */
export function mayChangeState(request: Request): boolean {
  if (safeMethods.has(request.method)) return true;
  const origin = request.headers.get('origin');
  if (origin !== null) {
    const host = hostOf(origin);
    return host !== null && host === request.headers.get('host');
  }
  const site = request.headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin') return false;
  return !request.headers.has('cookie');
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}
