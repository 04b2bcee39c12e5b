import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { privateHeaders, throwNotFound } from '#app/http/errors.server.ts';
import { requireUserApi } from '#app/http/session.server.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { LetterDate } from '#app/ui/letter-date.tsx';
import { Pagination } from '#app/ui/letter-list.tsx';
import { Page } from '#app/ui/page.tsx';
import { useTimeZone } from '#app/ui/use-time-zone.ts';
import { ThreadHead } from './thread-head.tsx';

export const meta: MetaFunction = () => [{ title: 'Stamp album · Project BFF' }];

/** Loads the stamps only: nothing of a letter has to be opened for them. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const api = await requireUserApi(context, request);
  const cursor = new URL(request.url).searchParams.get('cursor') || undefined;
  const thread = await throwNotFound(() =>
    api.letters.thread.query({ username: params.username ?? '', cursor }),
  );
  const stamps = thread.letters.map(({ id, role, at, stampSeed }) => ({ id, role, at, stampSeed }));
  const { letters: _, ...facts } = thread;
  return data({ ...facts, stamps, older: Boolean(cursor) }, { headers: privateHeaders });
}

export default function StampAlbum() {
  const { stamps, nextCursor, older, ...facts } = useLoaderData<typeof loader>();
  const { displayName, username } = facts.friend;
  const timeZone = useTimeZone();
  const path = `/letters/with/${username}/stamps`;
  return (
    <Page width="list">
      <ThreadHead {...facts} timeZone={timeZone} shows="stamps" />
      <h2>Stamp album</h2>
      {stamps.length === 0 ? (
        <EmptyState picture="mailbox" title={older ? 'No older stamps' : 'No stamps yet'}>
          <p>Every letter brings one.</p>
        </EmptyState>
      ) : (
        <ul className="album">
          {stamps.map(({ id, role, at, stampSeed }) => (
            <li key={id}>
              <Link to={`/letters/${id}`} className="album-stamp">
                <img
                  className="stamp"
                  src={`/stamps/${stampSeed}.svg`}
                  alt={role === 'receiver' ? `Letter from ${displayName}` : `Your letter to ${displayName}`}
                  width={120}
                  height={150}
                  loading="lazy"
                />
                <span className="album-date">
                  <LetterDate at={at} timeZone={timeZone} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      <Pagination
        olderTo={nextCursor && `${path}?cursor=${nextCursor}`}
        newestTo={older ? path : null}
        older="Older stamps"
      />
    </Page>
  );
}
