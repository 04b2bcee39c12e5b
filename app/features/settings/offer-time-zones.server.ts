import { timeZoneOf } from '#app/http/time-zone.server.ts';

/**
 * Every zone there is to choose from, and the one somebody has. What the browser says is a suggestion; it counts once it
 * is saved.
 */
export function offerTimeZones(
  request: Request,
  saved: string | null,
): { timeZone: string; timeZones: string[] } {
  const timeZone = saved ?? timeZoneOf(request) ?? '';
  const known = ['UTC', ...Intl.supportedValuesOf('timeZone'), timeZone];
  return { timeZone, timeZones: [...new Set(known)].filter((zone) => zone !== '') };
}
