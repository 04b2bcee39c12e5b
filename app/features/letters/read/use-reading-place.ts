import { useCallback, useEffect, useRef } from 'react';
import { anchorAt } from '#app/ui/letter-text.tsx';

interface Reading {
  id: string;
  role: 'author' | 'receiver';
  /** What was saved last, in thousandths. */
  position: number;
  /** The place of the paragraph to go on from; null at the beginning, and when the letter is read. */
  leftOff: number | null;
}

/** Milliseconds between two saves of the position. */
const pause = 1500;
/** The part of the window's height that is above the line being read. */
const READING_LINE = 0.35;

/**
 * Scrolls to the paragraph where the reader left off, and saves the paragraph being read. Only the
 * receiver's place is saved.
 *
 * @returns a function to call with the progress while scrolling, in thousandths of the letter's height
 */
export function useReadingPlace({ id, role, position, leftOff }: Reading): (perMille: number) => void {
  const latest = useRef(position);
  const noted = useRef(position);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const note = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = undefined;
    if (role !== 'receiver' || latest.current === noted.current) return;
    noted.current = latest.current;
    const body = new URLSearchParams({ position: String(latest.current) });
    // A lost position does no harm: the next scroll saves another.
    void fetch(`/letters/${id}/place`, { method: 'POST', body, keepalive: true }).catch(() => undefined);
  }, [id, role]);

  useEffect(() => {
    const wanted = document.getElementById(location.hash.slice(1));
    const place = leftOff === null ? null : document.getElementById(anchorAt(leftOff));
    // The browser looks for the anchor before a sealed letter is there.
    if (wanted) wanted.scrollIntoView({ behavior: 'instant' });
    else if (place && role === 'receiver' && window.scrollY === 0) {
      const { top } = place.getBoundingClientRect();
      // Don't move the page for a place that is visible on the first screen.
      if (top > window.innerHeight / 2)
        window.scrollTo({ top: top - window.innerHeight * READING_LINE, behavior: 'instant' });
    }
    const leave = () => {
      if (document.visibilityState === 'hidden') note();
    };
    document.addEventListener('visibilitychange', leave);
    return () => {
      document.removeEventListener('visibilitychange', leave);
      note();
    };
  }, [role, leftOff, note]);

  return useCallback(
    (perMille) => {
      latest.current = perMille === 1000 ? 1000 : placeSeen();
      timer.current ??= setTimeout(note, pause);
    },
    [note],
  );
}

/** Returns the place of the paragraph at the reading line. */
function placeSeen(): number {
  const line = window.innerHeight * READING_LINE + 1;
  const paragraphs = [...document.querySelectorAll(`.letter-text > [id^="${anchorAt(0).slice(0, -1)}"]`)];
  const seen = paragraphs.findLast((paragraph) => paragraph.getBoundingClientRect().top <= line);
  return Number(seen?.id.slice(anchorAt(0).length - 1) ?? 0);
}
