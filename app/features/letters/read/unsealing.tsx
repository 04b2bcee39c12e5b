import { useEffect, useRef, useState } from 'react';

/**
 * Shows an envelope being opened over a letter that is read for the first time. Styles alone move
 * it, so it plays without JavaScript too; a click or a key ends it.
 */
export function Unsealing() {
  const [isOver, setOver] = useState(false);
  const whole = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const end = () => setOver(true);
    // It may be over before this script is there; without motion there is nothing to wait for.
    const playing = whole.current?.getAnimations().map(({ finished }) => finished) ?? [];
    void Promise.allSettled(playing).then(end);
    const ways = ['pointerdown', 'keydown', 'wheel'] as const;
    for (const way of ways) addEventListener(way, end, { once: true, passive: true });
    return () => {
      for (const way of ways) removeEventListener(way, end);
    };
  }, []);
  if (isOver) return null;
  return (
    <div ref={whole} className="unsealing" aria-hidden="true">
      <div className="unsealing-envelope">
        <div className="unsealing-back" />
        <div className="unsealing-flap unsealing-flap-open" />
        <div className="unsealing-letter" />
        <div className="unsealing-pocket" />
        <div className="unsealing-flap" />
        <div className="unsealing-seal" />
      </div>
    </div>
  );
}
