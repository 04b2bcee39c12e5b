import { LetterDate } from '#app/ui/letter-date.tsx';
import { LetterText } from '#app/ui/letter-text.tsx';
import { writeName } from '#app/ui/person-name.tsx';
import { useTimeZone } from '#app/ui/use-time-zone.ts';
import type { PersonName } from '#core/letters/letter-view.ts';
import { titleOr } from '#core/letters/title-or.ts';
import type { Stationery } from '#core/schemas/stationery.ts';

export interface AnsweredLetter {
  title: string;
  body: string;
  stationery: Stationery;
  from: PersonName;
  sentAt: Date;
}

/** The letter being answered: beside the sheet on a wide screen, and a peek at it on a phone. */
export function AnsweredLetter({ title, body, stationery, from, sentAt }: AnsweredLetter) {
  const timeZone = useTimeZone();
  const name = writeName(from);
  return (
    <aside className="answered" aria-label="The letter you’re answering">
      <details>
        <summary>
          {name}’s letter of <LetterDate at={sentAt} timeZone={timeZone} />
        </summary>
        <div
          className="sheet"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key
          tabIndex={0}
          data-paper={stationery.paper}
          data-ink={stationery.ink}
          data-face={stationery.face}
        >
          <p className="sheet-title">{titleOr(title, `A letter from ${name}`)}</p>
          <LetterText text={body} />
        </div>
      </details>
    </aside>
  );
}
