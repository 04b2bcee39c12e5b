import { type Inline, readMarks } from '#core/letters/read-marks.ts';

type LetterTextProps = { text: string };

/**
 * A letter's text. Blank lines separate paragraphs, other line breaks and spaces are kept, and
 * light marks and URLs are shown as what they mean.
 */
export function LetterText({ text }: LetterTextProps) {
  return (
    <div className="letter-text">
      {readMarks(text).map((block, index) => {
        // A block is nothing but its place in the letter.
        const key = String(index);
        if (block.kind === 'paragraph') return <p key={key}>{inlines(block.text)}</p>;
        if (block.kind === 'quote') {
          return (
            <blockquote key={key}>
              <p>{inlines(block.text)}</p>
            </blockquote>
          );
        }
        const items = block.items.map((item, place) => <li key={String(place)}>{inlines(item)}</li>);
        return block.start === null ? (
          <ul key={key}>{items}</ul>
        ) : (
          <ol key={key} start={block.start}>
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
