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

export const meta: MetaFunction = () => [{ title: 'Inbox · Project BFF' }];

export function loader({ request, context }: LoaderFunctionArgs) {
  return loadLetterList(context, request, 'inbox');
}

/** In a sealed session the titles are opened here. */
export async function clientLoader({ serverLoader }: ClientLoaderFunctionArgs) {
  return openTitles(await serverLoader<typeof loader>());
}

export default function Inbox() {
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
      <PageHeading title="Inbox" actions={<ButtonLink to="/write">Write a letter</ButtonLink>} />
      {letters.length === 0 ? (
        <EmptyState
          picture="mailbox"
          title={older ? 'No older letters' : 'No letters yet'}
          actions={<ButtonLink to="/friends">To your friends</ButtonLink>}
        >
          <p>The surest way to get one is to write one.</p>
        </EmptyState>
      ) : (
        <LetterList label="Letters you received">
          {letters.map((letter) => (
            <EnvelopeCard
              key={letter.id}
              to={`/letters/${letter.id}`}
              direction="received"
              person={letter.friend.displayName}
              at={letter.at}
              timeZone={timeZone}
              stampSeed={letter.stampSeed}
              state={letter.status === 'read' ? 'read' : 'new'}
              title={letter.title}
              opening={opening === 'opening'}
            />
          ))}
        </LetterList>
      )}
      <Pagination olderTo={nextCursor && `/inbox?cursor=${nextCursor}`} newestTo={older ? '/inbox' : null} />
    </Page>
  );
}
