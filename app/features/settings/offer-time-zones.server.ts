import { timeZoneOf } from '#app/http/time-zone.server.ts';
import { HOUR } from '#core/durations.ts';

export interface ZoneGroup {
  /** A part of the world. */
  label: string;
  /** IANA names, labelled with their city and offset. */
  options: { value: string; label: string }[];
}

/** Returns all time zones and the user's own. Until they save one, the browser's is suggested. */
export function offerTimeZones(
  request: Request,
  saved: string | null,
): { timeZone: string; timeZones: ZoneGroup[] } {
  const timeZone = saved ?? timeZoneOf(request) ?? '';
  const groups = groupsNow();
  const isKnown = groups.some(({ options }) => options.some(({ value }) => value === timeZone));
  const own = timeZone && !isKnown ? [{ label: 'Yours', options: [optionOf(timeZone)] }] : [];
  return { timeZone, timeZones: [...own, ...groups] };
}

let made: { at: number; groups: ZoneGroup[] } | undefined;

/** Makes the list once an hour, because offsets change with the seasons. */
function groupsNow(): ZoneGroup[] {
  if (made && Date.now() - made.at < HOUR) return made.groups;
  const byRegion = new Map<string, ZoneGroup['options']>();
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    const region = zone.slice(0, zone.indexOf('/'));
    if (!region || region === 'Etc') continue;
    byRegion.set(region, [...(byRegion.get(region) ?? []), optionOf(zone)]);
  }
  const groups = [...byRegion].map(([region, options]) => ({
    label: regions[region] ?? region,
    options: options.sort((a, b) => a.label.localeCompare(b.label, 'en')),
  }));
  groups.push({ label: 'Anywhere', options: [{ value: 'UTC', label: 'Greenwich time all year (±0:00)' }] });
  made = { at: Date.now(), groups };
  return groups;
}

const regions: Record<string, string> = {
  America: 'The Americas',
  Arctic: 'The Arctic',
  Atlantic: 'Atlantic islands',
  Indian: 'Indian Ocean',
  Pacific: 'The Pacific',
};

/** Labels a zone as in "Buenos Aires, Argentina (−3:00)". */
function optionOf(zone: string): ZoneGroup['options'][number] {
  const [, ...places] = zone.replaceAll('_', ' ').split('/');
  const city = places.reverse().join(', ') || zone;
  return { value: zone, label: `${city} (${offsetOf(zone)})` };
}

function offsetOf(zone: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts();
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return sign ? `${sign === '-' ? '−' : '+'}${Number(hours)}:${minutes}` : '±0:00';
}
