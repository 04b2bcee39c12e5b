import { linkify } from '#core/letters/linkify.ts';
import { paragraphsOf } from '#core/letters/paragraphs.ts';

type LetterTextProps = { text: string };

/**
 * A letter's text. Blank lines separate paragraphs, other line breaks and spaces are kept, and URLs
 * become links.
 */
export function LetterText({ text }: LetterTextProps) {
  return (
    <div className="letter-text">
      {paragraphsOf(text).map((paragraph, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a paragraph is nothing but its place in the letter
        <p key={index}>
          {linkify(paragraph).map((segment, place) =>
            segment.href ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: so is a link
              <a key={place} href={segment.href} rel="noopener noreferrer nofollow">
                {segment.text}
              </a>
            ) : (
              segment.text
            ),
          )}
        </p>
      ))}
    </div>
  );
}
