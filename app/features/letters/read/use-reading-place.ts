import { useEffect } from 'react';
import { anchorAt } from '#app/ui/letter-text.tsx';

interface Reading {
  id: string;
  role: 'author' | 'receiver';
  /** What was saved last, in thousandths. */
  position: number;
  /** The place of the paragraph to go on from; null at the beginning, and when the letter is read. */
  leftOff: number | null;
}

/** The part of the window's height that is above the line being read. */
const READING_LINE = 0.35;

/**
 * Scrolls to the paragraph where the reader left off, and saves the paragraph being read. Only the
 * receiver's place is saved.
 */
export function useReadingPlace({ id, role, position, leftOff }: Reading): void {
  useEffect(() => {
    const wanted = document.getElementById(location.hash.slice(1));
    const place = document.getElementById(anchorAt(leftOff ?? -1));
    // The browser looks for the anchor before a sealed letter is there.
    if (wanted) wanted.scrollIntoView({ behavior: 'instant' });
    else if (place && scrollY === 0) {
      const { top } = place.getBoundingClientRect();
      // Don't move the page for a place that is visible on the first screen.
      if (top > innerHeight / 2) scrollTo({ top: top - innerHeight * READING_LINE, behavior: 'instant' });
    }
  }, [leftOff]);

  useEffect(() => {
    if (role !== 'receiver') return;
    const keeping = import('./keep-place.ts').then(
      ({ keepPlace }) => keepPlace(id, READING_LINE, position),
      () => undefined,
    );
    return () => void keeping.then((stop) => stop?.());
  }, [id, role, position]);
}
