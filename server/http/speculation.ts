/**
 * Whether a browser prefetches or prerenders a page before the user has opened it. `Sec-Purpose` is
 * the header of the Fetch standard; the others are older.
 */
export function isSpeculative(request: Request): boolean {
  return ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].some((name) =>
    /\b(prefetch|prerender|preview)\b/i.test(request.headers.get(name) ?? ''),
  );
}
