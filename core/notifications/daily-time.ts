import { DAY, HOUR, MINUTE } from '../durations.ts';
import { clockAt, modulo, runClock } from './zoned-clock.ts';

/** The largest offset of a zone from UTC, in either direction. */
const OFFSET_MAX = 16 * HOUR;

/**
 * Returns the first moment after `now` at which a zone's clocks show a time of day. It comes once a
 * day: if clocks skip that time, it is the moment of the jump; if the time comes twice, the first
 * counts.
 * @param minute of the day, 0–1439
 * @throws {RangeError} for an unknown zone
 */
export function nextDailyTime(now: Date, zone: string, minute: number): Date {
  const next = momentsAround(now, zone, minute).find((moment) => moment > now.getTime());
  return new Date(next ?? Number.NaN);
}

/** Returns the latest such moment up to and including `now`. */
export function latestDailyTime(now: Date, zone: string, minute: number): Date {
  const latest = momentsAround(now, zone, minute).findLast((moment) => moment <= now.getTime());
  return new Date(latest ?? Number.NaN);
}

/** Covers two days on either side: a zone that crosses the date line skips a whole day. */
function momentsAround(now: Date, zone: string, minute: number): number[] {
  const shown = clockAt(now.getTime(), zone);
  const today = shown - modulo(shown, DAY);
  return [-2, -1, 0, 1, 2].map((days) => {
    const wanted = today + days * DAY + minute * MINUTE;
    return runClock(wanted - OFFSET_MAX, zone, (clock) => wanted - clock);
  });
}
