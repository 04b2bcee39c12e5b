import { expect, it } from 'vitest';
import { zonedFields } from '../stamps/postmark-date.ts';
import { startOfYear } from './start-of-year.ts';

it('is the first minute of the year by the clocks of the zone', () => {
  expect(startOfYear(2025, 'UTC')).toEqual(new Date('2025-01-01T00:00:00Z'));
  expect(startOfYear(2025, 'Europe/Berlin')).toEqual(new Date('2024-12-31T23:00:00Z'));
  expect(startOfYear(2025, 'America/New_York')).toEqual(new Date('2025-01-01T05:00:00Z'));
  expect(startOfYear(2025, 'No/Such')).toEqual(startOfYear(2025, 'UTC'));
  for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Kathmandu', 'Australia/Lord_Howe']) {
    for (const year of [1970, 2024, 2026, 9999]) {
      const start = startOfYear(year, zone);
      expect(zonedFields(start, zone), `${zone} ${year}`).toMatchObject({ year, month: 1, day: 1, hour: 0 });
      expect(zonedFields(new Date(start.getTime() - 1), zone).year).toBe(year - 1);
    }
  }
});
