import { zonedFields } from '../stamps/postmark-date.ts';

/** Returns when a year begins in an IANA time zone; an unknown one is read as UTC. */
export function startOfYear(year: number, timeZone: string): Date {
  const inUtc = Date.UTC(year, 0, 1);
  const there = zonedFields(new Date(inUtc), timeZone);
  const shownAs = Date.UTC(there.year, there.month - 1, there.day, there.hour, there.minute);
  return new Date(inUtc - (shownAs - inUtc));
}
