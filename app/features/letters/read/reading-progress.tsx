import { useEffect, useState } from 'react';
import { keepPlace } from './keep-place.ts';

interface ReadingProgressProps {
  id: string;
  role: 'author' | 'receiver';
  /** The place that was saved last, in thousandths. */
  position: number;
}

/** Computes how much of an element has passed the window's lower edge, from 0 to 1000. */
export function readPerMille(top: number, height: number, windowHeight: number): number {
  if (height <= windowHeight && top >= 0) return 1000;
  const read = (windowHeight - top) / height;
  return Math.round(1000 * Math.min(1, Math.max(0, read)));
}

/**
 * A thin bar that fills while the user reads. Saves the paragraph being read; only the receiver's
 * place is kept.
 */
export default function ReadingProgress({ id, role, position }: ReadingProgressProps) {
  const [value, setValue] = useState<number | null>(null);
  useEffect(() => (role === 'receiver' ? keepPlace(id, position) : undefined), [id, role, position]);
  useEffect(() => {
    let frame = 0;
    const measure = () => {
      frame = 0;
      const target = document.getElementById('letter');
      if (!target) return;
      const box = target.getBoundingClientRect();
      setValue(readPerMille(box.top, box.height, window.innerHeight));
    };
    const schedule = () => {
      frame ||= requestAnimationFrame(measure);
    };
    schedule();
    window.addEventListener('scroll', schedule, { passive: true });
    window.addEventListener('resize', schedule);
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener('scroll', schedule);
      window.removeEventListener('resize', schedule);
    };
  }, []);
  if (value === null) return null;
  return <progress className="reading-progress" max={1000} value={value} aria-label="Read so far" />;
}
