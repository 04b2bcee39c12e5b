import { useRevalidator } from '@remix-run/react';
import { useEffect } from 'react';
import { HOUR, SECOND } from '#core/durations.ts';

/**
 * Loads the page again once the letter should have arrived.
 * @param leftMs until it is due; null if it isn't scheduled
 */
export function useArrival(leftMs: number | null): void {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (leftMs === null || leftMs > HOUR) return;
    // Delivery takes a moment; until then, the next answer says that nothing is left to wait.
    const timer = setTimeout(revalidate, leftMs + 2 * SECOND);
    return () => clearTimeout(timer);
  }, [leftMs, revalidate]);
}
