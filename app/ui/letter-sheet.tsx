import type { ReactNode } from 'react';
import { titleOr } from '#core/letters/title-or.ts';
import { LetterDate } from './letter-date.tsx';
import { LetterText } from './letter-text.tsx';
import { NameApart, type PersonNameProps, writeName } from './person-name.tsx';
import { Postmark } from './postmark.tsx';
import { Stamp } from './stamp.tsx';

type LetterSheetProps = {
  title: string;
  body: string;
  author: PersonNameProps;
  receiver: PersonNameProps;
  sentAt: Date | string | number;
  /** The reader's IANA zone; UTC until the browser tells. */
  timeZone?: string | null;
  stampSeed: string;
  stampUrl?: string | undefined;
  aside?: ReactNode;
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

/** The letter itself: its title as `<h1>`, stamp, postmark and text. */
export function LetterSheet(props: LetterSheetProps) {
  const { title, body, author, receiver, sentAt, timeZone, stampSeed, stampUrl, aside, children } = props;
  return (
    <article className="sheet" id="letter">
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
      <LetterText text={body} />
      {children}
    </article>
  );
}
