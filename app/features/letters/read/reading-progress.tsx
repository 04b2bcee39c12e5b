import { useEffect, useRef, useState } from 'react';

type ReadingProgressProps = {
  targetId?: string;
  /**
   * Called while scrolling, at most once a frame, with 0 (top) to 1000 (end). May change between
   * renders.
   */
  onProgress?: (perMille: number) => void;
};

/** Computes how much of an element has passed the window's lower edge, from 0 to 1000. */
export function readPerMille(top: number, height: number, windowHeight: number): number {
  if (height <= windowHeight && top >= 0) return 1000;
  const read = (windowHeight - top) / height;
  return Math.round(1000 * Math.min(1, Math.max(0, read)));
}

/** A thin bar that fills while the user reads. Rendered with JavaScript only, which fills it. */
export function ReadingProgress({ targetId = 'letter', onProgress }: ReadingProgressProps) {
  const [value, setValue] = useState<number | null>(null);
  const tell = useRef(onProgress);
  useEffect(() => {
    tell.current = onProgress;
  });
  useEffect(() => {
    let frame = 0;
    const measure = () => {
      frame = 0;
      const target = document.getElementById(targetId);
      if (!target) return;
      const box = target.getBoundingClientRect();
      const perMille = readPerMille(box.top, box.height, window.innerHeight);
      setValue(perMille);
      tell.current?.(perMille);
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
  }, [targetId]);
  if (value === null) return null;
  return <progress className="reading-progress" max={1000} value={value} aria-label="Read so far" />;
}
