import { DAY, HOUR, MINUTE } from '#core/durations.ts';
import { nextDailyTime } from '#core/notifications/daily-time.ts';
import { clockAt, modulo } from '#core/notifications/zoned-clock.ts';
import type { Arrival } from '#core/schemas/letters.ts';
import { AppError } from '../errors.ts';

const MORNING = 9 * HOUR;
const EVENING = 20 * HOUR;
const DAYS_AHEAD_MAX = 366;

/**
 * Returns when a letter is to be delivered: at nine in the morning of a day, or at eight in the
 * evening tonight, by the clocks of its receiver.
 *
 * @param zone the receiver's time zone
 * @param undo milliseconds in which every letter can be called back
 * @returns null for at once
 * @throws {AppError} `invalid-input` on `arrival` for a time that has passed, or a day more than a
 *   year away
 */
export function deliveryTime(
  arrival: Arrival | undefined,
  zone: string,
  now: Date,
  undo: number,
): Date | null {
  const wanted = arrivalTime(arrival ?? 'now', zone, now);
  const earliest = now.getTime() + undo;
  return undo > 0 || wanted > earliest ? new Date(Math.max(wanted, earliest)) : null;
}

function arrivalTime(arrival: Arrival, zone: string, now: Date): number {
  const shown = clockAt(now.getTime(), zone);
  const today = shown - modulo(shown, DAY);
  if (arrival === 'now') return now.getTime();
  if (arrival === 'tonight') {
    if (shown >= today + EVENING) {
      throw refused('It’s past eight in the evening there already. Choose Now, or another day.');
    }
    return timeOf(today, EVENING, zone);
  }
  if (arrival === 'in-three-days') return timeOf(today + 3 * DAY, MORNING, zone);
  const day = Date.parse(`${arrival}T00:00:00Z`);
  if (day + MORNING <= shown) throw refused('That morning has passed. Choose a day that’s still to come.');
  if (day > today + DAYS_AHEAD_MAX * DAY) throw refused('Choose a day within a year.');
  return timeOf(day, MORNING, zone);
}

/** Returns the moment at which a zone's clocks show a time on a day, or jump over it. */
function timeOf(day: number, time: number, zone: string): number {
  const wanted = day + time;
  // Begin a day before, whatever the zone.
  let moment = new Date(wanted - 2 * DAY);
  do moment = nextDailyTime(moment, zone, time / MINUTE);
  while (clockAt(moment.getTime(), zone) < day);
  return moment.getTime();
}

function refused(message: string): AppError {
  return new AppError('invalid-input', message, { fields: { arrival: message } });
}
