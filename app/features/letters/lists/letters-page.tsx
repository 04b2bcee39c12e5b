import { useLoaderData } from '@remix-run/react';
import { ScriptIsOff } from '#app/modes/script-is-off.tsx';
import { NotOpened } from '#app/modes/unlock/waiting-pages.tsx';
import { useOpened } from '#app/modes/use-opened.ts';
import { ButtonLink } from '#app/ui/button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { EnvelopeCard, type EnvelopeState } from '#app/ui/envelope-card.tsx';
import { LetterList, Pagination } from '#app/ui/letter-list.tsx';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import type { PictureName } from '#app/ui/pictures.tsx';
import { useTimeZone } from '#app/ui/use-time-zone.ts';
import { type ListData, openTitles } from './letter-list.ts';

interface LettersPageProps {
  title: string;
  path: '/inbox' | '/sent';
  direction: 'received' | 'sent';
  /** Of the list, for a screen reader. */
  label: string;
  /** How a letter looks in it. */
  stateOf(letter: ListData['letters'][number]): EnvelopeState;
  /** Where there is no letter at all. */
  empty: { picture: PictureName; title: string; said: string; button: { to: string; label: string } };
}

/** The letters of one direction, newest first. */
export function LettersPage({ title, path, direction, label, stateOf, empty }: LettersPageProps) {
  const { letters, nextCursor, older, opening } = useOpened(useLoaderData<ListData>(), openTitles);
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
      {opening === 'opening' ? <ScriptIsOff /> : null}
      {letters.length === 0 ? (
        <EmptyState
          picture={empty.picture}
          title={older ? 'No older letters' : empty.title}
          actions={<ButtonLink to={empty.button.to}>{empty.button.label}</ButtonLink>}
        >
          <p>{empty.said}</p>
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
              opening={opening === 'opening'}
            />
          ))}
        </LetterList>
      )}
      <Pagination olderTo={nextCursor && `${path}?cursor=${nextCursor}`} newestTo={older ? path : null} />
    </Page>
  );
}
