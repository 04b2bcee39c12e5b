/**
 * Whether a browser asks for a page ahead of somebody who might open it: to have it at hand, or drawn already. `Sec-Purpose`
 * is the header of the Fetch standard, the others are what browsers said before.
 */
export function isSpeculative(request: Request): boolean {
  return ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].some((name) =>
    /\b(prefetch|prerender|preview)\b/i.test(request.headers.get(name) ?? ''),
  );
}
