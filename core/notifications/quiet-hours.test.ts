import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE } from '#core/durations.ts';
import { nextAllowedTime } from '#core/notifications/quiet-hours.ts';
import { isTimeZone } from '#core/notifications/zoned-clock.ts';
import { changingDays, minutesShown } from '#tests/support/changing-clocks.ts';
import { seededRandom } from '#tests/support/make-photos.ts';

const at = (text: string) => new Date(text);
const clock = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
const next = (now: string, zone: string, from: string, to: string) =>
  nextAllowedTime(at(now), zone, clock(from), clock(to)).toISOString();

describe('quiet hours', () => {
  test('at night it waits for the morning, by day not at all', () => {
    expect(next('2026-01-10T22:30:00Z', 'Europe/Berlin', '22:00', '08:00')).toBe('2026-01-11T07:00:00.000Z');
    expect(next('2026-01-11T03:00:00.250Z', 'Europe/Berlin', '22:00', '08:00')).toBe(
      '2026-01-11T07:00:00.000Z',
    );
    expect(next('2026-01-11T12:34:56.789Z', 'Europe/Berlin', '22:00', '08:00')).toBe(
      '2026-01-11T12:34:56.789Z',
    );
  });

  test('the first minute is quiet and the last is not', () => {
    expect(next('2026-01-11T21:00:00Z', 'Europe/Berlin', '22:00', '08:00')).toBe('2026-01-12T07:00:00.000Z');
    expect(next('2026-01-11T20:59:59.999Z', 'Europe/Berlin', '22:00', '08:00')).toBe(
      '2026-01-11T20:59:59.999Z',
    );
    expect(next('2026-01-11T07:00:00Z', 'Europe/Berlin', '22:00', '08:00')).toBe('2026-01-11T07:00:00.000Z');
  });

  test('they may lie in the middle of a day, and the same time twice is none', () => {
    expect(next('2026-06-01T12:10:00Z', 'Asia/Kathmandu', '13:00', '18:30')).toBe('2026-06-01T12:45:00.000Z');
    expect(next('2026-06-01T12:10:00Z', 'UTC', '12:00', '12:00')).toBe('2026-06-01T12:10:00.000Z');
  });

  test('a night in which the clocks are put forward is an hour shorter', () => {
    expect(next('2026-03-28T22:00:00Z', 'Europe/Berlin', '22:00', '08:00')).toBe('2026-03-29T06:00:00.000Z');
  });

  test('a night in which they are put back is an hour longer', () => {
    expect(next('2026-10-24T21:00:00Z', 'Europe/Berlin', '22:00', '08:00')).toBe('2026-10-25T07:00:00.000Z');
  });

  test('an end that the clocks jump over comes with the jump', () => {
    expect(next('2026-03-29T00:10:00Z', 'Europe/Berlin', '22:00', '02:30')).toBe('2026-03-29T01:00:00.000Z');
    // At midnight: in Havana this day begins at 1:00.
    expect(next('2026-03-08T04:00:00Z', 'America/Havana', '20:00', '00:30')).toBe('2026-03-08T05:00:00.000Z');
  });

  test('quiet hours that fall into the jump are left out', () => {
    expect(next('2026-03-29T00:59:00Z', 'Europe/Berlin', '02:00', '03:00')).toBe('2026-03-29T00:59:00.000Z');
    expect(next('2026-03-29T01:00:00Z', 'Europe/Berlin', '02:00', '03:00')).toBe('2026-03-29T01:00:00.000Z');
  });

  test('an hour that comes twice is quiet twice', () => {
    const [first, second] = ['2026-10-25T00:10:00Z', '2026-10-25T01:10:00Z'] as const;
    expect(next(first, 'Europe/Berlin', '02:00', '02:30')).toBe('2026-10-25T00:30:00.000Z');
    expect(next(second, 'Europe/Berlin', '02:00', '02:30')).toBe('2026-10-25T01:30:00.000Z');
  });

  test('a zone that does not exist is an error, not UTC', () => {
    expect(() => next('2026-01-01T00:00:00Z', 'Moon/Tycho', '22:00', '08:00')).toThrow(RangeError);
    expect(['Europe/Berlin', 'UTC', 'America/Argentina/Ushuaia'].every(isTimeZone)).toBe(true);
    expect(['', 'Moon/Tycho', '+02:00', '-0500', 'Europe/Berlin\n', '__proto__'].some(isTimeZone)).toBe(
      false,
    );
  });
});

describe('on every day on which clocks change', () => {
  test.each(changingDays)(
    '$zone, $day: the answer is the first minute that is not quiet',
    ({ zone, day }) => {
      const random = seededRandom(zone.length * 1000 + day.length);
      const start = at(`${day}T00:00:00Z`).getTime() - 36 * HOUR;
      const shown = minutesShown(zone, start, 4 * 24 * 60);
      let postponed = 0;
      for (let round = 0; round < 300; round += 1) {
        const from = Math.floor(random() * 1440);
        // Short spans hit the jump more often than long ones.
        const to = (from + Math.floor(random() * (round % 2 ? 1440 : 150))) % 1440;
        const quiet = (minute: number) => (minute - from + 1440) % 1440 < (to - from + 1440) % 1440;
        const begin = Math.floor(random() * 2.9 * 24 * 60);
        const within = Math.floor(random() * MINUTE);
        let expected = begin;
        while (quiet(shown[expected] as number)) expected += 1;
        const now = start + begin * MINUTE + within;
        const wanted = expected === begin ? now : start + expected * MINUTE;
        const got = nextAllowedTime(new Date(now), zone, from, to).getTime();
        if (got !== wanted) {
          expect.fail(
            `${new Date(now).toISOString()} ${from}–${to}: ${new Date(got).toISOString()}, not ${new Date(wanted).toISOString()}`,
          );
        }
        if (got !== now) postponed += 1;
      }
      expect(postponed).toBeGreaterThan(30);
    },
  );
});
