import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE } from '#core/durations.ts';
import { latestDailyTime, nextDailyTime } from '#core/notifications/daily-time.ts';
import { changingDays, minutesShown } from '#tests/support/changing-clocks.ts';
import { seededRandom } from '#tests/support/make-photos.ts';

const next = (now: string, zone: string, hour: number) =>
  nextDailyTime(new Date(now), zone, hour * 60).toISOString();
const latest = (now: string, zone: string, hour: number) =>
  latestDailyTime(new Date(now), zone, hour * 60).toISOString();

describe('a time of the day', () => {
  test('comes next today or tomorrow, and is over once it is there', () => {
    expect(next('2026-01-10T05:00:00Z', 'Europe/Berlin', 8)).toBe('2026-01-10T07:00:00.000Z');
    expect(next('2026-01-10T07:00:00Z', 'Europe/Berlin', 8)).toBe('2026-01-11T07:00:00.000Z');
    expect(latest('2026-01-10T07:00:00Z', 'Europe/Berlin', 8)).toBe('2026-01-10T07:00:00.000Z');
    expect(latest('2026-01-10T06:59:59Z', 'Europe/Berlin', 8)).toBe('2026-01-09T07:00:00.000Z');
  });

  test('that the clocks jump over comes with the jump', () => {
    expect(next('2026-03-29T00:00:00Z', 'Europe/Berlin', 2)).toBe('2026-03-29T01:00:00.000Z');
    expect(next('2026-03-08T04:00:00Z', 'America/Havana', 0)).toBe('2026-03-08T05:00:00.000Z');
  });

  test('that comes twice counts the first time', () => {
    expect(next('2026-10-24T23:00:00Z', 'Europe/Berlin', 2)).toBe('2026-10-25T00:00:00.000Z');
    expect(next('2026-10-25T00:30:00Z', 'Europe/Berlin', 2)).toBe('2026-10-26T01:00:00.000Z');
    expect(latest('2026-10-25T01:30:00Z', 'Europe/Berlin', 2)).toBe('2026-10-25T00:00:00.000Z');
  });

  test('of a day that a zone leaves out comes with the jump over the day', () => {
    // Samoa had no 30 December 2011.
    expect(next('2011-12-29T20:00:00Z', 'Pacific/Apia', 8)).toBe('2011-12-30T10:00:00.000Z');
    expect(next('2011-12-30T10:00:00Z', 'Pacific/Apia', 8)).toBe('2011-12-30T18:00:00.000Z');
  });
});

describe('over the days on which clocks change', () => {
  // Minutes alone do not show that a whole day was left out.
  const days = changingDays.filter(({ zone }) => zone !== 'Pacific/Apia');

  test.each(days)('$zone, $day: once a day, at the first minute that shows it', ({ zone, day }) => {
    const random = seededRandom(day.length + zone.length);
    const start = Date.parse(`${day}T00:00:00Z`) - 60 * HOUR;
    const shown = minutesShown(zone, start, 5 * 24 * 60);
    for (let round = 0; round < 40; round += 1) {
      const wanted = Math.floor(random() * 24) * 60;
      const reached = firstMinutes(shown, wanted).map((index) => start + index * MINUTE);
      const met: number[] = [];
      const end = start + 4 * 24 * HOUR;
      for (let now = start + 24 * HOUR; now < end; ) {
        now = nextDailyTime(new Date(now), zone, wanted).getTime();
        met.push(now);
        expect(latestDailyTime(new Date(now), zone, wanted).getTime()).toBe(now);
        expect(latestDailyTime(new Date(now + 1), zone, wanted).getTime()).toBe(now);
      }
      expect(met).toEqual([...new Set(met)].sort((a, b) => a - b));
      const inside = (moment: number) => moment > start + 24 * HOUR && moment < end;
      expect(met.filter(inside)).toEqual(reached.filter(inside));
    }
  });
});

/** Minutes at which a day's clock shows the wanted time or more for the first time that day. */
function firstMinutes(shown: number[], wanted: number): number[] {
  const found: number[] = [];
  let waiting = false;
  for (const [index, minute] of shown.entries()) {
    const before = shown[index - 1] ?? minute;
    // A new day: the clock shows much less than a minute ago. Put back by an hour at most, it is the same day.
    if (before - minute > 720) waiting = true;
    // Put back over midnight: the day before comes again, and its time has been.
    if (minute - before > 720) waiting = false;
    if (waiting && minute >= wanted) {
      found.push(index);
      waiting = false;
    }
  }
  return found;
}
