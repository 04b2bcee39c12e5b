export interface RequestFacts {
  method: string;
  url: string;
  mode: RequestMode;
  headers: { has(name: string): boolean };
}

/**
 * - `shell`: a public, static file of the app. Answered from the cache, and stored there.
 * - `page`: a navigation. Answered from the network, never stored; offline, the offline page is
 *   shown.
 * - `network`: not handled by the worker.
 */
type Way = 'shell' | 'page' | 'network';

/**
 * Decides how to answer a request. Only the paths listed here can ever be cached. Letters, photos,
 * loader data and procedures default to `network`, whatever their address.
 *
 * @param origin of this app, as in `location.origin`
 * @param shellFiles paths of the static files outside `/assets/`
 */
export function routeRequest(request: RequestFacts, origin: string, shellFiles: ReadonlySet<string>): Way {
  if (request.method !== 'GET') return 'network';
  const url = new URL(request.url);
  if (url.origin !== origin) return 'network';
  if (request.mode === 'navigate') return 'page';
  // A range must not be cached as the whole file, and no static file has a query.
  if (request.headers.has('range') || url.search !== '') return 'network';
  return shellFiles.has(url.pathname) || /^\/assets\/[^/]+$/.test(url.pathname) ? 'shell' : 'network';
}

/** Tells whether a response may be cached: complete, same-origin and not private. */
export function mayKeep(response: Pick<Response, 'status' | 'type' | 'redirected' | 'headers'>): boolean {
  if (response.status !== 200 || response.type !== 'basic' || response.redirected) return false;
  return !/no-store|private/i.test(response.headers.get('cache-control') ?? '');
}
