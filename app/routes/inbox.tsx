import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import {
  ButtonLink,
  EmptyState,
  EnvelopeCard,
  LetterList,
  PageHeading,
  Pagination,
} from '../components/index.ts';
import { orErrorPage, privateHeaders } from '../errors.server.ts';
import { Page } from '../person-page.tsx';
import { requirePerson } from '../session.server.ts';
import { useTimeZone } from '../use-time-zone.ts';

export const meta: MetaFunction = () => [{ title: 'Inbox · Project BFF' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const api = await requirePerson(context, request);
  const cursor = new URL(request.url).searchParams.get('cursor') ?? undefined;
  const page = await orErrorPage(() => api.letters.inbox({ cursor }));
  return data({ ...page, older: Boolean(cursor) }, { headers: privateHeaders });
}

export default function Inbox() {
  const { letters, nextCursor, older } = useLoaderData<typeof loader>();
  const timeZone = useTimeZone();
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
            />
          ))}
        </LetterList>
      )}
      <Pagination olderTo={nextCursor && `/inbox?cursor=${nextCursor}`} newestTo={older ? '/inbox' : null} />
    </Page>
  );
}
