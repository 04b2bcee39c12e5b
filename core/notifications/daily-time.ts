import { DAY, HOUR, MINUTE } from '../durations.ts';
import { clockAt, modulo, runClock } from './zoned-clock.ts';

/** No zone is further from UTC, in either direction. */
const OFFSET_MAX = 16 * HOUR;

/**
 * The first moment after `now` at which the clocks of a zone reach a time of the day. Once a day: on a day whose clocks
 * jump over that time it is the moment of the jump, and a time that comes twice counts the first time.
 *
 * @param minute of the day, 0–1439
 * @throws {RangeError} for a zone that does not exist
 */
export function nextDailyTime(now: Date, zone: string, minute: number): Date {
  const next = momentsAround(now, zone, minute).find((moment) => moment > now.getTime());
  return new Date(next ?? Number.NaN);
}

/** The latest such moment up to and including `now`. */
export function latestDailyTime(now: Date, zone: string, minute: number): Date {
  const latest = momentsAround(now, zone, minute).findLast((moment) => moment <= now.getTime());
  return new Date(latest ?? Number.NaN);
}

/** Two days to either side: a zone that moves across the date line leaves a whole day out. */
function momentsAround(now: Date, zone: string, minute: number): number[] {
  const shown = clockAt(now.getTime(), zone);
  const today = shown - modulo(shown, DAY);
  return [-2, -1, 0, 1, 2].map((days) => {
    const wanted = today + days * DAY + minute * MINUTE;
    return runClock(wanted - OFFSET_MAX, zone, (clock) => wanted - clock);
  });
}
