import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { type ClientLoaderFunctionArgs, Form, Link, useLoaderData, useSearchParams } from '@remix-run/react';
import { orErrorPage, privateHeaders } from '#app/http/errors.server.ts';
import { requirePerson } from '#app/http/session.server.ts';
import { readForm } from '#app/http/uploads.server.ts';
import { isSealed, sealedData } from '#app/modes/sealed-session.server.ts';
import { NotOpened, OpeningNow } from '#app/modes/unlock/waiting-pages.tsx';
import { useOpened } from '#app/modes/use-opened.ts';
import { ButtonLink, SubmitButton } from '#app/ui/button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { LetterDate } from '#app/ui/letter-date.tsx';
import { LetterList, Pagination } from '#app/ui/letter-list.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { useTimeZone } from '#app/ui/use-time-zone.ts';
import { titleOr } from '#core/letters/title-or.ts';
import { type DraftListData, openLoadedDrafts } from './draft-list.ts';

export const meta: MetaFunction = () => [{ title: 'Drafts · Project BFF' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const api = await requirePerson(context, request);
  const cursor = new URL(request.url).searchParams.get('cursor') ?? undefined;
  const older = Boolean(cursor);
  const loaded = await orErrorPage(async (): Promise<DraftListData> => {
    if (!(await isSealed(api)))
      return { ...(await api.drafts.list({ cursor })), older, sealed: null, opening: 'open' };
    const page = await api.drafts.sealedList({ cursor });
    const { nextCursor } = page;
    return { drafts: [], nextCursor, older, sealed: await sealedData(api, page), opening: 'opening' };
  });
  return data(loaded, { headers: privateHeaders });
}

/** In a sealed session the drafts are opened here. */
export async function clientLoader({ serverLoader }: ClientLoaderFunctionArgs) {
  return openLoadedDrafts(await serverLoader<typeof loader>());
}

export async function action({ request, context }: ActionFunctionArgs) {
  const api = await requirePerson(context, request);
  const { fields } = await readForm(request);
  await orErrorPage(() => api.drafts.discard({ id: fields.discard ?? '' }));
  throw redirect('/drafts?done=discarded');
}

export default function Drafts() {
  const { drafts, nextCursor, older, opening } = useOpened(
    useLoaderData<typeof clientLoader>(),
    openLoadedDrafts,
  );
  const done = useSearchParams()[0].get('done');
  const timeZone = useTimeZone();
  if (opening === 'away') {
    return (
      <Page width="form">
        <NotOpened opening={opening} what="your drafts" />
      </Page>
    );
  }
  const empty = opening !== 'opening' && drafts.length === 0;
  return (
    <Page width="list">
      <PageHeading
        title="Drafts"
        actions={empty ? null : <ButtonLink to="/write">Write a letter</ButtonLink>}
      />
      {done === 'discarded' ? <Notice kind="success">The draft is gone.</Notice> : null}
      {opening === 'opening' ? <OpeningNow what="your drafts" heading="p" /> : null}
      {opening === 'opening' ? null : empty ? (
        <EmptyState
          picture="pen"
          title={older ? 'No older drafts' : 'No drafts'}
          actions={<ButtonLink to="/write">Write a letter</ButtonLink>}
        >
          <p>Letters you start and do not send wait here, sealed so that only you can read them.</p>
        </EmptyState>
      ) : (
        <LetterList label="Letters you are writing">
          {drafts.map((draft) => (
            <article key={draft.id} className="envelope envelope-draft">
              <div className="envelope-body">
                <p className="envelope-person">
                  {draft.to ? (
                    <>
                      <span className="envelope-preposition">To</span> {draft.to}
                    </>
                  ) : (
                    'No friend chosen yet'
                  )}
                </p>
                <h2 className="envelope-heading">
                  <Link to={`/write?draft=${draft.id}`} className="envelope-link">
                    <span className="envelope-line envelope-title">
                      {titleOr(draft.title, 'Without a title')}
                    </span>
                  </Link>
                </h2>
                {draft.excerpt ? <p className="envelope-excerpt">{draft.excerpt}</p> : null}
                <p className="envelope-meta">
                  <LetterDate at={draft.updatedAt} timeZone={timeZone} form="full" />
                  {draft.photoCount > 0 ? (
                    <span>{draft.photoCount === 1 ? '1 photo' : `${draft.photoCount} photos`}</span>
                  ) : null}
                </p>
              </div>
              <Form method="post" className="envelope-side">
                <SubmitButton
                  name="discard"
                  value={draft.id}
                  kind="quiet"
                  aria-label={`Discard: ${titleOr(draft.title, 'draft without a title')}`}
                >
                  Discard
                </SubmitButton>
              </Form>
            </article>
          ))}
        </LetterList>
      )}
      <Pagination
        olderTo={nextCursor && `/drafts?cursor=${nextCursor}`}
        newestTo={older ? '/drafts' : null}
      />
    </Page>
  );
}
