import { DAY, MINUTE } from '../durations.ts';
import { modulo, runClock } from './zoned-clock.ts';

/** Hours of the day in which nobody is told anything, by the clocks of the person's zone. */
interface QuietHours {
  /** Minutes after midnight, 0–1439: the first quiet minute. */
  from: number;
  /** Minutes after midnight: the first minute that is quiet no more. Before `from`: on the next morning. The same: never quiet. */
  to: number;
}

/** Whether it is quiet when the clocks show this minute of the day. */
function isQuiet(minute: number, { from, to }: QuietHours): boolean {
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}

/**
 * The first moment from `now` on that is not quiet; `now` itself if it is not. Quiet hours follow the clock on the
 * wall: if the clocks jump over their end, they end with the jump, and an hour that comes twice is quiet twice.
 *
 * @param zone IANA name
 * @throws {RangeError} for a zone that does not exist
 */
export function nextAllowedTime(now: Date, zone: string, from: number, to: number): Date {
  const quiet = { from, to };
  const untilEnd = (shown: number) => {
    const sinceMidnight = modulo(shown, DAY);
    return isQuiet(Math.floor(sinceMidnight / MINUTE), quiet) ? modulo(to * MINUTE - sinceMidnight, DAY) : 0;
  };
  return new Date(runClock(now.getTime(), zone, untilEnd));
}
