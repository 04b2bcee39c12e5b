/** The zone a browser told in its `tz` cookie; null when there is none or no such zone exists. */
export function timeZoneOf(request: Request): string | null {
  const value = /(?:^|;\s*)tz=([^;]+)/.exec(request.headers.get('cookie') ?? '')?.[1];
  if (!value) return null;
  try {
    const zone = decodeURIComponent(value);
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch {
    return null;
  }
}
