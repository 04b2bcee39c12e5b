import { useCallback, useEffect, useRef } from 'react';

interface Reading {
  id: string;
  role: 'author' | 'receiver';
  /** Where the reader left off, in thousandths. */
  position: number;
}

/** Milliseconds between two notes of the place. */
const pause = 1500;

/**
 * Brings a reader back to where they left off and notes how far they come. Only the receiver's place is kept. The
 * returned function is told the progress while scrolling.
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
    // Losing a place is no harm: the next one follows with the next scroll.
    void fetch(`/letters/${id}/place`, { method: 'POST', body, keepalive: true }).catch(() => undefined);
  }, [id, role]);

  useEffect(() => {
    const letter = document.getElementById('letter');
    // Nothing to come back to at the start, and nothing left to read at the end.
    if (letter && role === 'receiver' && position > 0 && position < 980 && window.scrollY === 0) {
      const box = letter.getBoundingClientRect();
      const top = box.top + (box.height * position) / 1000 - window.innerHeight;
      // What stands on the first screen anyway is no reason to move the page under its reader.
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
