import { expect, it } from 'vitest';
import { writeMonth } from './write-month.ts';

it('names the month by the clocks of the zone', () => {
  const newYear = new Date('2026-12-31T23:30:00Z');
  expect(writeMonth(newYear, 'UTC')).toBe('December 2026');
  expect(writeMonth(newYear, 'Europe/Berlin')).toBe('January 2027');
  expect(writeMonth(newYear, 'No/Such')).toBe('December 2026');
  expect(writeMonth(new Date(Number.NaN), 'UTC')).toBe('');
});
