import { readCookie } from '#core/cookies.ts';

/** Returns the time zone in the browser's cookie; null when it is missing or unknown. */
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
