import { describe, expect, it } from 'vitest';
import { dateLocaleOf, dateLocales, writeDate } from '#core/dates/write-date.ts';

const evening = new Date(Date.UTC(2026, 10, 3, 17, 5));

describe('a date', () => {
  it.each([
    ['en-GB', '3 November 2026', 'Tuesday, 3 November 2026, 17:05'],
    ['en-US', 'November 3, 2026', 'Tuesday, November 3, 2026, 5:05 PM'],
    ['de-DE', '3.11.2026', 'Tuesday, 3.11.2026, 17:05'],
    ['fr-FR', '03/11/2026', 'Tuesday, 03/11/2026, 17:05'],
    ['nl-NL', '3-11-2026', 'Tuesday, 3-11-2026, 17:05'],
    ['sv-SE', '2026-11-03', 'Tuesday, 2026-11-03, 17:05'],
    ['ja-JP', '2026/11/03', 'Tuesday, 2026/11/03, 17:05'],
  ] as const)('is written as in %s', (locale, day, full) => {
    expect(writeDate(evening, 'UTC', locale, 'day')).toBe(day);
    expect(writeDate(evening, 'UTC', locale, 'full')).toBe(full);
    expect(dateLocales).toContain(locale);
  });

  it('is the day of its zone, and midnight and noon are twelve on a clock of twelve hours', () => {
    const late = new Date(Date.UTC(2026, 11, 31, 23, 0));
    expect(writeDate(late, 'Europe/Berlin', 'sv-SE', 'full')).toBe('Friday, 2027-01-01, 00:00');
    expect(writeDate(late, 'Europe/Berlin', 'en-US', 'full')).toBe('Friday, January 1, 2027, 12:00 AM');
    expect(writeDate(new Date(Date.UTC(2026, 5, 1, 12)), 'UTC', 'en-US', 'full')).toContain('12:00 PM');
    expect(writeDate(late, 'Nowhere/Land', 'sv-SE', 'full')).toBe('Thursday, 2026-12-31, 23:00');
    expect(writeDate(new Date('no date'), 'UTC', 'en-GB', 'full')).toBe('');
  });

  it('is written the British way unless a locale of the list is named', () => {
    expect([null, undefined, '', 'xx', 'toString', 'sv-SE'].map(dateLocaleOf)).toEqual([
      ...Array(5).fill('en-GB'),
      'sv-SE',
    ]);
  });
});
