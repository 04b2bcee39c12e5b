/** What the worker looks at to decide; a `Request` is one. */
export interface RequestFacts {
  method: string;
  /** Absolute. */
  url: string;
  mode: RequestMode;
  headers: { has(name: string): boolean };
}

/**
 * - `shell`: a public, static file of the app itself. Answered from the cache, and kept there.
 * - `page`: somebody opens an address. Asked of the network, never kept; without network the offline page is shown.
 * - `network`: the worker stands aside, as if it were not installed.
 */
type Way = 'shell' | 'page' | 'network';

/**
 * Decides which way a request goes. Only what is named here as shell can ever be kept: letters, photos, loader data and
 * procedures are `network` because nothing says otherwise, whatever address they may get one day.
 *
 * @param origin of this app, as in `location.origin`
 * @param shellFiles paths of the static files outside `/assets/`
 */
export function routeRequest(request: RequestFacts, origin: string, shellFiles: ReadonlySet<string>): Way {
  if (request.method !== 'GET') return 'network';
  const url = new URL(request.url);
  if (url.origin !== origin) return 'network';
  if (request.mode === 'navigate') return 'page';
  // A part of a file must not be kept as the whole; a query is not part of any static file's name.
  if (request.headers.has('range') || url.search !== '') return 'network';
  return shellFiles.has(url.pathname) || /^\/assets\/[^/]+$/.test(url.pathname) ? 'shell' : 'network';
}

/** Whether an answer may be kept: whole, our own, and not marked as somebody's. */
export function mayKeep(response: Pick<Response, 'status' | 'type' | 'redirected' | 'headers'>): boolean {
  if (response.status !== 200 || response.type !== 'basic' || response.redirected) return false;
  return !/no-store|private/i.test(response.headers.get('cache-control') ?? '');
}
