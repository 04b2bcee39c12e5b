import { useEffect, useState } from 'react';
import { zonedFields } from '#core/stamps/postmark-date.ts';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

/**
 * The zone to show times in: the one given, else UTC in the first rendering (the same on server and browser) and the
 * browser's own right after.
 */
export function useZone(timeZone?: string | null): string {
  const [zone, setZone] = useState(timeZone ?? 'UTC');
  useEffect(() => {
    setZone(timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC');
  }, [timeZone]);
  return zone;
}

export type LetterDateProps = {
  at: Date | string | number;
  timeZone?: string | null;
  /** `day`: "23 November 2026"; `full`: "Monday, 23 November 2026, 14:05". */
  form?: 'day' | 'full';
};

/** A moment in words, with the exact one in `datetime`. */
export function LetterDate({ at, timeZone, form = 'day' }: LetterDateProps) {
  const zone = useZone(timeZone);
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return null;
  const { year, month, day, hour, minute, weekday } = zonedFields(moment, zone);
  const date = `${day} ${MONTHS[month - 1]} ${year}`;
  const clock = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  return (
    <time dateTime={moment.toISOString()}>
      {form === 'day' ? date : `${DAYS[weekday]}, ${date}, ${clock}${zone === 'UTC' ? ' UTC' : ''}`}
    </time>
  );
}
