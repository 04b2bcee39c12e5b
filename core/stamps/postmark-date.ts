const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'] as const;

/**
 * The calendar fields of a moment in a zone, as numbers without any locale, so that server and
 * browser agree.
 */
type ZonedFields = {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  weekday: number;
};

/**
 * Formatters are cached: making one takes far longer than using it, and a page has dozens of dates.
 * There are some 600 zones.
 */
const formatters = new Map<string, Intl.DateTimeFormat>();
const MAX_FORMATTERS = 1000;

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  let known = formatters.get(timeZone);
  if (!known) {
    known = makeFormatter(timeZone);
    if (formatters.size >= MAX_FORMATTERS) formatters.clear();
    formatters.set(timeZone, known);
  }
  return known;
}

function makeFormatter(timeZone: string): Intl.DateTimeFormat {
  const fields = {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  } as const;
  try {
    return new Intl.DateTimeFormat('en-GB', { ...fields, timeZone });
  } catch {
    return new Intl.DateTimeFormat('en-GB', { ...fields, timeZone: 'UTC' });
  }
}

/**
 * Splits a moment into fields in an IANA time zone; an unknown zone is read as UTC. `month` is
 * 1–12, `weekday` 0 (Sunday) – 6. An invalid date gives NaN fields.
 */
export function zonedFields(at: Date, timeZone: string): ZonedFields {
  // Parses the text, because `formatToParts` takes five times as long.
  const numbers = Number.isNaN(at.getTime())
    ? []
    : formatterOf(timeZone).format(at).match(/\d+/g)?.map(Number);
  const [day = Number.NaN, month = Number.NaN, year = Number.NaN, hour = Number.NaN, minute = Number.NaN] =
    numbers ?? [];
  return { year, month, day, hour, minute, weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay() };
}

/** The lines in the middle of a postmark, e.g. `['23 NOV', '2026', '14:05']`. */
export function postmarkDateLines(at: Date, timeZone: string): string[] {
  const { year, month, day, hour, minute } = zonedFields(at, timeZone);
  const two = (n: number) => String(n).padStart(2, '0');
  if (Number.isNaN(year)) return [];
  return [`${day} ${MONTHS[month - 1]}`, String(year), `${two(hour)}:${two(minute)}`];
}
