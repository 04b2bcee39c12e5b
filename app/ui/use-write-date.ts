import { useContext } from 'react';
import { writeDate } from '#core/dates/write-date.ts';
import { DateLocaleContext, useZone } from './letter-date.tsx';

/** Returns a function that writes dates as the user has chosen, without an element around them. */
export function useWriteDate(timeZone?: string | null) {
  const zone = useZone(timeZone);
  const locale = useContext(DateLocaleContext);
  return (at: Date, form: 'day' | 'month') => writeDate(at, zone, locale, form);
}
