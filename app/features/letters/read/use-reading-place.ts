import { useEffect } from 'react';
import { anchorAt } from '#app/ui/letter-text.tsx';

/**
 * Scrolls to the paragraph where the reader left off, or to the part that the address names.
 *
 * @param leftOff the paragraph's place; null at the beginning, and when the letter is read
 */
export function useReadingPlace(leftOff: number | null): void {
  useEffect(() => {
    const wanted = document.getElementById(location.hash.slice(1));
    const place = document.getElementById(anchorAt(leftOff ?? -1));
    // The browser looks for the anchor before a sealed letter is there.
    if (wanted) wanted.scrollIntoView({ behavior: 'instant' });
    else if (place && scrollY === 0) {
      const { top } = place.getBoundingClientRect();
      // To the line being read (`keep-place.ts`), unless it is visible on the first screen.
      if (top > innerHeight / 2) scrollTo({ top: top - innerHeight * 0.35, behavior: 'instant' });
    }
  }, [leftOff]);
}
