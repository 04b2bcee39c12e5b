import { readCookie } from '#core/cookies.ts';

/** The zone a browser told in its cookie; null when there is none or no such zone exists. */
export function timeZoneOf(request: Request): string | null {
  const value = readCookie(request.headers.get('cookie'), 'timeZone', false);
  if (!value) return null;
  try {
    const zone = decodeURIComponent(value);
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch {
    return null;
  }
}
