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

/**
 * Tells whether a text is the name of a time zone, like `Europe/Berlin`. A bare offset like
 * `+02:00` isn't one: it has no daylight saving time.
 */
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
 * Returns a zone's clock time, in milliseconds since 1970 as if it were UTC.
 * @param at milliseconds since 1970
 * @throws {RangeError} for an unknown zone, see {@link isTimeZone}
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
 * Runs a zone's clocks forward until they show the awaited time. Exact even if clocks change on the
 * way. Use it to look ahead for days, not months.
 * @param at milliseconds since 1970
 * @param waitFrom milliseconds left to wait when the clocks show this; 0 or less ends the search
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

/** Finds the first second with a different offset from UTC; clocks change on whole seconds. */
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

/** Like `%`, but never negative. */
export function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
