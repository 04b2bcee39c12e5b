import type { ReactNode } from 'react';
import { type Inline, readMarks } from '#core/letters/read-marks.ts';
import { lengthsOf, placeLeftOff, placesOf } from '#core/letters/reading-place.ts';

type LetterTextProps = {
  text: string;
  /** Where the reader left off, in thousandths; that paragraph is marked. */
  position?: number;
  /** Shows a photo that has a place in the text, by its number from 1; null if there is none. */
  photoAt?: ((n: number) => ReactNode) | undefined;
};

/** The anchor of the paragraph at a place of the letter, in thousandths. */
export const anchorAt = (place: number) => `at-${place}`;

/**
 * A letter's text. Blank lines separate paragraphs, other line breaks and spaces are kept, and
 * light marks and URLs are shown as what they mean.
 */
export function LetterText({ text, position = 0, photoAt }: LetterTextProps) {
  const blocks = readMarks(text);
  const lengths = lengthsOf(blocks);
  const places = placesOf(lengths);
  const left = placeLeftOff(lengths, position);
  return (
    <div className="letter-text">
      {blocks.map((block, index) => {
        // A block is nothing but its place in the letter.
        const key = String(index);
        const place = places[index] ?? 0;
        const at =
          place === places[index - 1]
            ? {}
            : { id: anchorAt(place), className: place === left ? 'left-off' : undefined };
        const photo = block.kind === 'photo' && photoAt?.(block.n);
        if (photo)
          return (
            <div key={key} {...at}>
              {photo}
            </div>
          );
        if (block.kind === 'paragraph' || block.kind === 'photo')
          return (
            <p key={key} {...at}>
              {inlines(block.text)}
            </p>
          );
        if (block.kind === 'quote') {
          return (
            <blockquote key={key} {...at}>
              <p>{inlines(block.text)}</p>
            </blockquote>
          );
        }
        const items = block.items.map((item, n) => <li key={String(n)}>{inlines(item)}</li>);
        return block.start === null ? (
          <ul key={key} {...at}>
            {items}
          </ul>
        ) : (
          <ol key={key} {...at} start={block.start}>
            {items}
          </ol>
        );
      })}
    </div>
  );
}

function inlines(parts: Inline[]) {
  return parts.map(({ text, href, mark: Mark }, place) => {
    const key = String(place);
    const inner = href ? (
      <a key={key} href={href} rel="noopener noreferrer nofollow">
        {text}
      </a>
    ) : (
      text
    );
    return Mark ? <Mark key={key}>{inner}</Mark> : inner;
  });
}
