import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { privateHeaders, throwErrorPage } from '#app/http/errors.server.ts';
import { requireUserApi } from '#app/http/session.server.ts';
import { BackToSettings } from '#app/ui/back-to-settings.tsx';
import { LetterDate } from '#app/ui/letter-date.tsx';
import { Pagination } from '#app/ui/letter-list.tsx';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { useTimeZone } from '#app/ui/use-time-zone.ts';
import { eventWords } from './event-words.ts';

export const meta: MetaFunction = () => [{ title: 'Activity · Project BFF' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const api = await requireUserApi(context, request);
  const cursor = new URL(request.url).searchParams.get('cursor') ?? undefined;
  const page = await throwErrorPage(() => api.activity.list.query({ cursor }));
  return data({ ...page, older: cursor !== undefined }, { headers: privateHeaders });
}

export default function Activity() {
  const { items, nextCursor, older } = useLoaderData<typeof loader>();
  const timeZone = useTimeZone();
  return (
    <Page width="list">
      <PageHeading title="Activity">
        <p>What happened in your account in the last 90 days. Your letters aren’t listed.</p>
      </PageHeading>
      {items.length === 0 ? <p>Nothing yet.</p> : null}
      <ul className="people" aria-label="Account activity">
        {items.map(({ id, kind, device, address, at }) => (
          <li key={id} className="person">
            <div>
              <h2 className="person-name">{eventWords[kind]}</h2>
              <p className="field-hint">
                <LetterDate at={at} timeZone={timeZone} form="full" />
              </p>
              <p className="field-hint">{[device, address].filter(Boolean).join(' · ')}</p>
            </div>
          </li>
        ))}
      </ul>
      <Pagination
        olderTo={nextCursor && `/settings/activity?cursor=${nextCursor}`}
        newestTo={older ? '/settings/activity' : null}
        older="Earlier"
      />
      <p className="form-aside">
        Don’t recognise something? <Link to="/settings/password">Change your password</Link> and check{' '}
        <Link to="/settings/devices">your devices</Link>.
      </p>
      <BackToSettings />
    </Page>
  );
}
