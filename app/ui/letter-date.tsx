import { createContext, useContext, useEffect, useState } from 'react';
import { type DateLocale, defaultDateLocale, writeDate } from '#core/dates/write-date.ts';

const DateLocaleContext = createContext<DateLocale>(defaultDateLocale);
/** How the reader likes dates to be written, for every date of the page. */
export const DateLocaleProvider = DateLocaleContext.Provider;

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

type LetterDateProps = {
  at: Date | string | number;
  timeZone?: string | null;
  /** See {@link writeDate}. */
  form?: 'day' | 'full';
};

/** A moment in words, with the exact one in `datetime`. */
export function LetterDate({ at, timeZone, form = 'day' }: LetterDateProps) {
  const zone = useZone(timeZone);
  const locale = useContext(DateLocaleContext);
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return null;
  return <time dateTime={moment.toISOString()}>{writeDate(moment, zone, locale, form)}</time>;
}
