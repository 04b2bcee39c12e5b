import type { ActionFunctionArgs, MetaFunction } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { Form, Link, useSearchParams } from '@remix-run/react';
import { throwErrorPage } from '#app/http/errors.server.ts';
import { requireUserApi } from '#app/http/session.server.ts';
import { readForm } from '#app/http/uploads.server.ts';
import { openInBrowser, usePage } from '#app/modes/define-page.ts';
import { loadPage } from '#app/modes/load-page.server.ts';
import { NotOpened, OpeningNow } from '#app/modes/unlock/waiting-pages.tsx';
import { ButtonLink, SubmitButton } from '#app/ui/button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { LetterDate } from '#app/ui/letter-date.tsx';
import { LetterList, Pagination } from '#app/ui/letter-list.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { useTimeZone } from '#app/ui/use-time-zone.ts';
import { titleOr } from '#core/letters/title-or.ts';
import { draftsPage } from './drafts-page.ts';

export const meta: MetaFunction = () => [{ title: 'Drafts · Project BFF' }];

export const loader = loadPage(draftsPage);
export const clientLoader = openInBrowser(draftsPage);

export async function action({ request, context }: ActionFunctionArgs) {
  const api = await requireUserApi(context, request);
  const { fields } = await readForm(request);
  await throwErrorPage(() => api.drafts.discard.mutate({ id: fields.discard ?? '' }));
  throw redirect('/drafts?done=discarded');
}

export default function Drafts() {
  const { preview, shown, opening } = usePage(draftsPage);
  const drafts = shown?.drafts ?? [];
  const { nextCursor, older } = preview;
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
      {done === 'discarded' ? <Notice kind="success">Draft deleted.</Notice> : null}
      {opening === 'opening' ? <OpeningNow what="your drafts" heading="p" /> : null}
      {opening === 'opening' ? null : empty ? (
        <EmptyState
          picture="pen"
          title={older ? 'No older drafts' : 'No drafts'}
          actions={<ButtonLink to="/write">Write a letter</ButtonLink>}
        >
          <p>Letters you haven’t sent yet are kept here, sealed so only you can read them.</p>
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
                    <span className="envelope-line envelope-title">{titleOr(draft.title, 'Untitled')}</span>
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
                  aria-label={`Delete: ${titleOr(draft.title, 'untitled draft')}`}
                >
                  Delete
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
