import { createContext, useContext, useEffect, useState } from 'react';
import { type DateLocale, defaultDateLocale, writeDate } from '#core/dates/write-date.ts';

export const DateLocaleContext = createContext<DateLocale>(defaultDateLocale);
/** Provides the user's date format to every date on the page. */
export const DateLocaleProvider = DateLocaleContext.Provider;

/**
 * Returns the zone to show times in: the given one, else null on the first render (the same on
 * server and browser), and then the browser's own.
 */
export function useZone(timeZone?: string | null): string | null {
  const [zone, setZone] = useState(timeZone ?? null);
  useEffect(() => {
    setZone(timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone ?? null);
  }, [timeZone]);
  return zone;
}

type LetterDateProps = {
  at: Date | string | number;
  timeZone?: string | null;
  form?: 'day' | 'full';
};

/** A date in words, with the exact time in `datetime`. */
export function LetterDate({ at, timeZone, form = 'day' }: LetterDateProps) {
  const zone = useZone(timeZone);
  const locale = useContext(DateLocaleContext);
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return null;
  return <time dateTime={moment.toISOString()}>{writeDate(moment, zone, locale, form)}</time>;
}
