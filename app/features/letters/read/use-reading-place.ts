import { useCallback, useEffect, useRef } from 'react';

interface Reading {
  id: string;
  role: 'author' | 'receiver';
  /** Where the reader left off, in thousandths. */
  position: number;
}

/** Milliseconds between two saves of the position. */
const pause = 1500;

/**
 * Scrolls to where the reader left off and records their progress. Only the receiver's position is
 * saved.
 *
 * @returns a function to call with the progress while scrolling
 */
export function useReadingPlace({ id, role, position }: Reading): (perMille: number) => void {
  const latest = useRef(position);
  const noted = useRef(position);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const note = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = undefined;
    if (role !== 'receiver' || Math.abs(latest.current - noted.current) < 5) return;
    noted.current = latest.current;
    const body = new URLSearchParams({ position: String(latest.current) });
    // A lost position does no harm: the next scroll saves another.
    void fetch(`/letters/${id}/place`, { method: 'POST', body, keepalive: true }).catch(() => undefined);
  }, [id, role]);

  useEffect(() => {
    const letter = document.getElementById('letter');
    // Don't scroll at the start, or when the letter is read.
    if (letter && role === 'receiver' && position > 0 && position < 980 && window.scrollY === 0) {
      const box = letter.getBoundingClientRect();
      const top = box.top + (box.height * position) / 1000 - window.innerHeight;
      // Don't move the page for a position that is visible on the first screen.
      if (top > window.innerHeight / 2) window.scrollTo({ top });
    }
    const leave = () => {
      if (document.visibilityState === 'hidden') note();
    };
    document.addEventListener('visibilitychange', leave);
    return () => {
      document.removeEventListener('visibilitychange', leave);
      note();
    };
  }, [role, position, note]);

  return useCallback(
    (perMille) => {
      latest.current = Math.max(perMille, 0);
      timer.current ??= setTimeout(note, pause);
    },
    [note],
  );
}
