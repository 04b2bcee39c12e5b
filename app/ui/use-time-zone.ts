import { useEffect } from 'react';
import { writeCookie } from '#core/cookies.ts';
import { useRootData } from '../root-data.ts';

/**
 * Returns the user's time zone, as far as the server knows it. Without JavaScript it may never do,
 * and dates are shown without a time.
 */
export function useTimeZone(): string | null {
  return useRootData()?.timeZone ?? null;
}

/**
 * Tells the server the browser's time zone, so that the next page shows the right dates at first
 * paint.
 */
export function useTellTimeZone(): void {
  useEffect(() => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
    if (zone) document.cookie = writeCookie('timeZone', encodeURIComponent(zone), { secure: false });
  }, []);
}
