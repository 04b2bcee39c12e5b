import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { type ClientLoaderFunctionArgs, useLoaderData } from '@remix-run/react';
import {
  ButtonLink,
  EmptyState,
  EnvelopeCard,
  LetterList,
  PageHeading,
  Pagination,
} from '../components/index.ts';
import { Page } from '../person-page.tsx';
import { openTitles } from '../sealed/letter-list.ts';
import { loadLetterList } from '../sealed/load-letter-list.server.ts';
import { useOpened } from '../sealed/use-opened.ts';
import { NotOpened } from '../sealed/waiting-pages.tsx';
import { useTimeZone } from '../use-time-zone.ts';

export const meta: MetaFunction = () => [{ title: 'Sent · Project BFF' }];

export function loader({ request, context }: LoaderFunctionArgs) {
  return loadLetterList(context, request, 'sent');
}

/** In a sealed session the titles are opened here. */
export async function clientLoader({ serverLoader }: ClientLoaderFunctionArgs) {
  return openTitles(await serverLoader<typeof loader>());
}

export default function Sent() {
  const { letters, nextCursor, older, opening } = useOpened(useLoaderData<typeof clientLoader>(), openTitles);
  const timeZone = useTimeZone();
  if (opening === 'away') {
    return (
      <Page width="form">
        <NotOpened opening={opening} what="your letters" />
      </Page>
    );
  }
  return (
    <Page width="list">
      <PageHeading title="Sent" actions={<ButtonLink to="/write">Write a letter</ButtonLink>} />
      {letters.length === 0 ? (
        <EmptyState
          picture="pen"
          title={older ? 'No older letters' : 'Nothing sent yet'}
          actions={<ButtonLink to="/write">Write a letter</ButtonLink>}
        >
          <p>Copies of your letters are kept here, sealed to you.</p>
        </EmptyState>
      ) : (
        <LetterList label="Letters you sent">
          {letters.map((letter) => (
            <EnvelopeCard
              key={letter.id}
              to={`/letters/${letter.id}`}
              direction="sent"
              person={letter.friend.displayName}
              at={letter.at}
              timeZone={timeZone}
              stampSeed={letter.stampSeed}
              state={letter.status}
              title={letter.title}
              opening={opening === 'opening'}
            />
          ))}
        </LetterList>
      )}
      <Pagination olderTo={nextCursor && `/sent?cursor=${nextCursor}`} newestTo={older ? '/sent' : null} />
    </Page>
  );
}
