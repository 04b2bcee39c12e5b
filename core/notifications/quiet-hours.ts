import { DAY, MINUTE } from '../durations.ts';
import { modulo, runClock } from './zoned-clock.ts';

interface QuietHours {
  /** Minutes after midnight, 0–1439: the first quiet minute. */
  from: number;
  /**
   * The first minute that is no longer quiet, in minutes after midnight. Before `from`: on the next
   * morning. Equal to `from`: never quiet.
   */
  to: number;
}

function isQuiet(minute: number, { from, to }: QuietHours): boolean {
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}

/**
 * Returns `now`, or the next moment that isn't quiet. Quiet hours follow the clock on the wall: if
 * clocks skip their end, they end with the jump, and an hour that comes twice is quiet twice.
 * @param zone IANA name
 * @throws {RangeError} for an unknown zone
 */
export function nextAllowedTime(now: Date, zone: string, from: number, to: number): Date {
  const quiet = { from, to };
  const untilEnd = (shown: number) => {
    const sinceMidnight = modulo(shown, DAY);
    return isQuiet(Math.floor(sinceMidnight / MINUTE), quiet) ? modulo(to * MINUTE - sinceMidnight, DAY) : 0;
  };
  return new Date(runClock(now.getTime(), zone, untilEnd));
}
