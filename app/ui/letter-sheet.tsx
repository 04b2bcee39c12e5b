import type { ReactNode } from 'react';
import { titleOr } from '#core/letters/title-or.ts';
import { plainStationery, type Stationery } from '#core/schemas/stationery.ts';
import { LetterDate } from './letter-date.tsx';
import { LetterText } from './letter-text.tsx';
import { NameApart, type PersonNameProps, writeName } from './person-name.tsx';
import { Postmark } from './postmark.tsx';
import { Stamp } from './stamp.tsx';

type LetterSheetProps = {
  title: string;
  body: string;
  stationery?: Stationery;
  /** Where the reader left off, in thousandths. */
  position?: number;
  author: PersonNameProps;
  receiver: PersonNameProps;
  sentAt: Date | string | number;
  /** The reader's IANA zone; null until the browser tells. */
  timeZone?: string | null;
  stampSeed: string;
  stampUrl?: string | undefined;
  aside?: ReactNode;
  photoAt?: (n: number) => ReactNode;
  /** Photos and anything else below the text. */
  children?: ReactNode;
};

function Named(person: PersonNameProps) {
  return (
    <strong>
      <NameApart {...person} />
    </strong>
  );
}

/** Shows a handwritten letter in the typeface of the pages; the style sheet does it. */
function PlainType() {
  return (
    <label className="check plain-type">
      <input type="checkbox" className="choose-plain-type" />
      <span>Read in plain type</span>
    </label>
  );
}

/** The letter itself: its title as `<h1>`, stamp, postmark and text. */
export function LetterSheet(props: LetterSheetProps) {
  const { title, body, position, stationery = plainStationery, author, receiver, sentAt } = props;
  const { timeZone, stampSeed, stampUrl, aside, photoAt, children } = props;
  return (
    <article
      className="sheet"
      id="letter"
      data-paper={stationery.paper}
      data-ink={stationery.ink}
      data-face={stationery.face}
    >
      <header className="sheet-head">
        <div className="sheet-post">
          <Stamp
            seed={stampSeed}
            paintedUrl={stampUrl}
            label={`Stamp on ${writeName(author)}'s letter`}
            size="large"
          />
          <Postmark sender={author.displayName} at={sentAt} timeZone={timeZone} seed={stampSeed} />
        </div>
        <p className="sheet-meta">
          <span>
            From <Named {...author} /> to <Named {...receiver} />
          </span>
          <LetterDate at={sentAt} timeZone={timeZone} form="full" />
        </p>
        {aside ? <p className="sheet-aside">{aside}</p> : null}
        <h1 className="sheet-title">
          <span>{titleOr(title, `A letter from ${writeName(author)}`)}</span>
        </h1>
      </header>
      {stationery.face === 'type' ? null : <PlainType />}
      <LetterText text={body} position={position} photoAt={photoAt} />
      {children}
    </article>
  );
}
