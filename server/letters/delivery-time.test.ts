import { expect, test } from 'vitest';
import { deliveryTime } from './delivery-time.ts';

const now = new Date('2026-12-01T15:00:00Z');
const at = (arrival: Parameters<typeof deliveryTime>[0], zone: string, when = now) =>
  deliveryTime(arrival, zone, when, 0)?.toISOString() ?? null;

test('a letter arrives at once, unless it can be undone for a while', () => {
  expect(at(undefined, 'UTC')).toBeNull();
  expect(at('now', 'Asia/Tokyo')).toBeNull();
  expect(deliveryTime('now', 'UTC', now, 30_000)).toEqual(new Date('2026-12-01T15:00:30Z'));
});

test.each([
  ['tonight', 'UTC', '2026-12-01T20:00:00.000Z'],
  ['tonight', 'America/New_York', '2026-12-02T01:00:00.000Z'],
  // It is midnight there already, a new day with a night to come.
  ['tonight', 'Asia/Tokyo', '2026-12-02T11:00:00.000Z'],
  ['in-three-days', 'Europe/Berlin', '2026-12-04T08:00:00.000Z'],
  ['in-three-days', 'Pacific/Kiritimati', '2026-12-04T19:00:00.000Z'],
  ['2026-12-24', 'Europe/Berlin', '2026-12-24T08:00:00.000Z'],
  ['2026-12-24', 'Pacific/Kiritimati', '2026-12-23T19:00:00.000Z'],
  ['2026-12-24', 'Pacific/Pago_Pago', '2026-12-24T20:00:00.000Z'],
  // Summer time by then.
  ['2027-07-01', 'Europe/Berlin', '2027-07-01T07:00:00.000Z'],
])('%s is by the clocks of %s', (arrival, zone, expected) => {
  expect(at(arrival as 'tonight', zone)).toBe(expected);
});

test('an evening or a morning that has passed there is refused, and never taken for now', () => {
  const refusal = expect.objectContaining({ code: 'invalid-input', fields: { arrival: expect.any(String) } });
  expect(() => at('tonight', 'UTC', new Date('2026-12-01T20:00:00Z'))).toThrow(refusal);
  expect(at('tonight', 'UTC', new Date('2026-12-01T19:59:59Z'))).toBe('2026-12-01T20:00:00.000Z');
  expect(() => at('2026-12-01', 'UTC')).toThrow(refusal);
});

test('a day that has passed or is more than a year away is refused, at the field', () => {
  for (const day of ['2026-11-30', '2020-01-01', '2027-12-04', '9999-12-31']) {
    expect(() => at(day, 'UTC'), day).toThrow(
      expect.objectContaining({ code: 'invalid-input', fields: { arrival: expect.any(String) } }),
    );
  }
  // Today there, yesterday here.
  expect(at('2026-12-01', 'Pacific/Pago_Pago')).toBe('2026-12-01T20:00:00.000Z');
  expect(() => at('2026-12-01', 'Pacific/Kiritimati')).toThrow();
});
