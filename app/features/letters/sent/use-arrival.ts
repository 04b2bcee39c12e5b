import { useRevalidator } from '@remix-run/react';
import { useEffect } from 'react';
import { HOUR, SECOND } from '#core/durations.ts';

/**
 * Loads the page again once the letter should have arrived, until it has.
 * @param leftMs until it is due; null if it isn't scheduled
 */
export function useArrival(leftMs: number | null): void {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (leftMs === null || leftMs > HOUR) return;
    let timer: ReturnType<typeof setTimeout>;
    const ask = () => {
      revalidate();
      timer = setTimeout(ask, 10 * SECOND);
    };
    // Delivery takes a moment.
    timer = setTimeout(ask, leftMs + 2 * SECOND);
    return () => clearTimeout(timer);
  }, [leftMs, revalidate]);
}
