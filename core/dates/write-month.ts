import { zonedFields } from '../stamps/postmark-date.ts';

const format = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** Writes the month of a moment in an IANA time zone: "November 2026". Empty for an invalid date. */
export function writeMonth(at: Date, timeZone: string): string {
  if (Number.isNaN(at.getTime())) return '';
  const { year, month } = zonedFields(at, timeZone);
  return format.format(new Date(Date.UTC(year, month - 1)));
}
