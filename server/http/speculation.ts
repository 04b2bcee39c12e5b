/**
 * Whether a browser fetches a page ahead of time, before anybody has opened it: to have it ready, or already drawn.
 * `Sec-Purpose` is the header of the Fetch standard; the others are what browsers sent before.
 */
export function isSpeculative(request: Request): boolean {
  return ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].some((name) =>
    /\b(prefetch|prerender|preview)\b/i.test(request.headers.get(name) ?? ''),
  );
}
