import { timeZoneOf } from '#app/http/time-zone.server.ts';

/** Returns all time zones and the user's own. Until they save one, the browser's is suggested. */
export function offerTimeZones(
  request: Request,
  saved: string | null,
): { timeZone: string; timeZones: string[] } {
  const timeZone = saved ?? timeZoneOf(request) ?? '';
  const known = ['UTC', ...Intl.supportedValuesOf('timeZone'), timeZone];
  return { timeZone, timeZones: [...new Set(known)].filter((zone) => zone !== '') };
}
