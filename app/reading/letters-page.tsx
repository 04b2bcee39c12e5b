import { useLoaderData } from '@remix-run/react';
import {
  ButtonLink,
  EmptyState,
  EnvelopeCard,
  type EnvelopeState,
  LetterList,
  PageHeading,
  Pagination,
  type PictureName,
} from '../components/index.ts';
import { Page } from '../person-page.tsx';
import { type ListData, openTitles } from '../sealed/letter-list.ts';
import { ScriptIsOff } from '../sealed/script-is-off.tsx';
import { useOpened } from '../sealed/use-opened.ts';
import { NotOpened } from '../sealed/waiting-pages.tsx';
import { useTimeZone } from '../use-time-zone.ts';

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
