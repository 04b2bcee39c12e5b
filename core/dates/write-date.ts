import { zonedFields } from '../stamps/postmark-date.ts';

/**
 * Date formats by locale. The list is closed and our own, so that server and browser write the same
 * text whatever locale data they have. Words stay in the language of the pages.
 */
export const dateLocales = ['en-GB', 'en-US', 'de-DE', 'fr-FR', 'nl-NL', 'sv-SE', 'ja-JP'] as const;
export type DateLocale = (typeof dateLocales)[number];
export const defaultDateLocale: DateLocale = 'en-GB';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

const two = (n: number) => String(n).padStart(2, '0');

type Day = { year: number; month: number; day: number };

const days: Record<DateLocale, (day: Day) => string> = {
  'en-GB': ({ year, month, day }) => `${day} ${MONTHS[month - 1]} ${year}`,
  'en-US': ({ year, month, day }) => `${MONTHS[month - 1]} ${day}, ${year}`,
  'de-DE': ({ year, month, day }) => `${day}.${month}.${year}`,
  'fr-FR': ({ year, month, day }) => `${two(day)}/${two(month)}/${year}`,
  'nl-NL': ({ year, month, day }) => `${day}-${month}-${year}`,
  'sv-SE': ({ year, month, day }) => `${year}-${two(month)}-${two(day)}`,
  'ja-JP': ({ year, month, day }) => `${year}/${two(month)}/${two(day)}`,
};

function clockOf(locale: DateLocale, hour: number, minute: number): string {
  if (locale !== 'en-US') return `${two(hour)}:${two(minute)}`;
  return `${hour % 12 || 12}:${two(minute)} ${hour < 12 ? 'AM' : 'PM'}`;
}

/**
 * Writes a date in a time zone: `day` is "23 November 2026", `month` "November 2026", `full`
 * "Monday, 23 November 2026, 14:05". Empty for an invalid date.
 * @param timeZone IANA name; an unknown one is read as UTC. While it is null, `full` leaves out the
 *   time: it would be no user's own.
 */
export function writeDate(
  at: Date,
  timeZone: string | null,
  locale: DateLocale,
  form: 'day' | 'month' | 'full',
): string {
  if (Number.isNaN(at.getTime())) return '';
  const { hour, minute, weekday, ...day } = zonedFields(at, timeZone ?? 'UTC');
  if (form === 'month') return `${MONTHS[day.month - 1]} ${day.year}`;
  const date = days[locale](day);
  if (form === 'day') return date;
  const time = timeZone === null ? '' : `, ${clockOf(locale, hour, minute)}`;
  return `${DAYS[weekday]}, ${date}${time}`;
}

/** Returns a locale of the list: the given one, or the default. */
export function dateLocaleOf(locale: string | null | undefined): DateLocale {
  return dateLocales.find((known) => known === locale) ?? defaultDateLocale;
}
