import type { ReactNode } from 'react';
import { usePage } from '#app/modes/define-page.ts';
import { ScriptIsOff } from '#app/modes/script-is-off.tsx';
import { NotOpened } from '#app/modes/unlock/waiting-pages.tsx';
import { ButtonLink } from '#app/ui/button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { EnvelopeCard, type EnvelopeState } from '#app/ui/envelope-card.tsx';
import { FriendNews } from '#app/ui/friend-news.tsx';
import { LetterList, Pagination } from '#app/ui/letter-list.tsx';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import type { PictureName } from '#app/ui/pictures.tsx';
import { useTimeZone } from '#app/ui/use-time-zone.ts';
import type { ListedLetter } from '#core/letters/letter-view.ts';
import { FreshLetters } from './fresh-letters.tsx';
import type { inboxPage } from './letter-pages.ts';

interface LettersPageProps {
  page: typeof inboxPage;
  title: string;
  path: '/inbox' | '/inbox?archive' | '/sent';
  direction: 'received' | 'sent';
  label: string;
  stateOf(letter: ListedLetter): EnvelopeState;
  empty: { picture: PictureName; title: string; text: string; button: { to: string; label: string } };
  /** What the last action did. */
  notice?: ReactNode;
  /** A link to another list, below. */
  aside?: ReactNode;
}

export function LettersPage(props: LettersPageProps) {
  const { page, title, path, direction, label, stateOf, empty, notice, aside } = props;
  const { preview, shown, opening } = usePage(page);
  const { letters } = shown ?? preview;
  const { nextCursor, older, friendNews } = preview;
  const timeZone = useTimeZone();
  if (opening === 'away') {
    return (
      <Page width="form">
        <NotOpened opening={opening} what="your letters" />
      </Page>
    );
  }
  const writesBelow = letters.length === 0 && empty.button.to === '/write';
  return (
    <Page width="list">
      <PageHeading
        title={title}
        actions={writesBelow ? null : <ButtonLink to="/write">Write a letter</ButtonLink>}
      />
      {notice}
      {opening === 'opening' ? <ScriptIsOff /> : null}
      {path === '/inbox' ? <FreshLetters older={older} /> : null}
      {friendNews && path === '/inbox' ? <FriendNews {...friendNews} /> : null}
      {letters.length === 0 ? (
        <EmptyState
          picture={empty.picture}
          title={older ? 'No older letters' : empty.title}
          actions={<ButtonLink to={empty.button.to}>{empty.button.label}</ButtonLink>}
        >
          <p>{empty.text}</p>
        </EmptyState>
      ) : (
        <LetterList label={label}>
          {letters.map((letter) => (
            <EnvelopeCard
              key={letter.id}
              to={`/letters/${letter.id}`}
              direction={direction}
              person={letter.friend}
              at={letter.at}
              timeZone={timeZone}
              stampSeed={letter.stampSeed}
              state={stateOf(letter)}
              title={letter.title}
              starred={letter.starred}
              opening={opening === 'opening'}
            />
          ))}
        </LetterList>
      )}
      <Pagination
        olderTo={nextCursor && `${path}${path.includes('?') ? '&' : '?'}cursor=${nextCursor}`}
        newestTo={older ? path : null}
      />
      {aside ? <p className="form-aside">{aside}</p> : null}
    </Page>
  );
}
