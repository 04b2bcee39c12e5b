import { SECOND } from '../durations.ts';

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(zone, formatter);
  }
  return formatter;
}

/** Whether this is the name of a time zone, like `Europe/Berlin`; a bare offset like `+02:00` knows no summer time and is none. */
export function isTimeZone(text: string): boolean {
  if (!/^[A-Za-z]/.test(text)) return false;
  try {
    formatterOf(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * What the clocks of a zone show, in milliseconds since 1970 as if they were UTC's.
 *
 * @param at milliseconds since 1970
 * @throws {RangeError} for a zone that does not exist, see {@link isTimeZone}
 */
export function clockAt(at: number, zone: string): number {
  const parts = formatterOf(zone).formatToParts(at);
  const read = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((part) => part.type === type)?.value);
  const shown = Date.UTC(
    read('year'),
    read('month') - 1,
    read('day'),
    read('hour'),
    read('minute'),
    read('second'),
  );
  return shown + modulo(at, SECOND);
}

/**
 * Lets the clocks of a zone run from a moment on until they show what is waited for, and tells the moment: exact also
 * where they are put forward or back on the way. Looks ahead for days at most, not months.
 *
 * @param at milliseconds since 1970
 * @param waitFrom how many milliseconds are left to wait when the clocks show this; 0 or less: it has come
 * @returns milliseconds since 1970
 */
export function runClock(at: number, zone: string, waitFrom: (shown: number) => number): number {
  let moment = at;
  for (;;) {
    const shown = clockAt(moment, zone);
    const wait = waitFrom(shown);
    if (wait <= 0) return moment;
    const end = moment + wait;
    const offset = shown - moment;
    const unchanged = clockAt(end, zone) - end === offset;
    moment = unchanged ? end : firstChange(moment, end, zone, offset);
  }
}

/** The first moment, to the second, at which the offset from UTC is another one; clocks change on whole seconds. */
function firstChange(from: number, to: number, zone: string, offset: number): number {
  let before = Math.floor(from / SECOND);
  let after = Math.ceil(to / SECOND);
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    const changed = clockAt(middle * SECOND, zone) - middle * SECOND !== offset;
    if (changed) after = middle;
    else before = middle;
  }
  return after * SECOND;
}

/** Never negative, other than `%`. */
export function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
