import { type ComponentType, useState } from 'react';
import { anchorAt } from '#app/ui/letter-text.tsx';
import { readingMinutes } from '#core/letters/reading-time.ts';

interface ReadingLineProps {
  letterId: string;
  body: string;
  /** The place of the paragraph to go on from. */
  leftOff: number | null;
}

/**
 * What is above a letter: how long it is, where the reader left off, and how it should look. Without
 * JavaScript, the last has a page of its own.
 */
export function ReadingLine({ letterId, body, leftOff }: ReadingLineProps) {
  const [look, setLook] = useState<{ default: ComponentType<{ letter: string }> } | null>(null);
  const minutes = readingMinutes(body);
  const letter = `/letters/${letterId}`;
  const page = `/settings/appearance?next=${letter}`;
  return (
    <div className="reading-line">
      {minutes > 1 ? <p>{minutes} min read</p> : null}
      {leftOff === null ? null : (
        <p>
          {/* Plain, so that the browser scrolls and the router doesn't load the letter again. */}
          <a href={`#${anchorAt(leftOff)}`}>Continue where you left off</a>
        </p>
      )}
      <a
        href={page}
        className="choose-look"
        onClick={(event) => {
          event.preventDefault();
          if (look) setLook(null);
          else import('./letter-look.tsx').then(setLook, () => location.assign(page));
        }}
      >
        <span aria-hidden="true">Aa</span> Appearance
      </a>
      {look ? <look.default letter={letter} /> : null}
    </div>
  );
}
