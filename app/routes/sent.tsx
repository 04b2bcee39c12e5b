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

export const meta: MetaFunction = () => [{ title: 'Sent · Project BFF' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const api = await requirePerson(context, request);
  const cursor = new URL(request.url).searchParams.get('cursor') ?? undefined;
  const page = await orErrorPage(() => api.letters.sent({ cursor }));
  return data({ ...page, older: Boolean(cursor) }, { headers: privateHeaders });
}

export default function Sent() {
  const { letters, nextCursor, older } = useLoaderData<typeof loader>();
  const timeZone = useTimeZone();
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
            />
          ))}
        </LetterList>
      )}
      <Pagination olderTo={nextCursor && `/sent?cursor=${nextCursor}`} newestTo={older ? '/sent' : null} />
    </Page>
  );
}
