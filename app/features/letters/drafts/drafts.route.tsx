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
import { LetterList, Pagination } from '#app/ui/letter-list.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { isId } from '#core/id.ts';
import { DraftEnvelope } from './draft-envelope.tsx';
import { draftsPage } from './drafts-page.ts';

export const meta: MetaFunction = () => [{ title: 'Drafts · Project BFF' }];

export const loader = loadPage(draftsPage);
export const clientLoader = openInBrowser(draftsPage);

/** Does what the pressed button is named after, to the draft that is its value. */
export async function action({ request, context }: ActionFunctionArgs) {
  const api = await requireUserApi(context, request);
  const { fields } = await readForm(request);
  const { trash, restore, discard = '' } = fields;
  if (trash) {
    await throwErrorPage(() => api.drafts.trash.mutate({ id: trash }));
    throw redirect(`/drafts?deleted=${trash}`);
  }
  if (restore) {
    await throwErrorPage(() => api.drafts.restore.mutate({ id: restore }));
    throw redirect('/drafts?done=restored');
  }
  await throwErrorPage(() => api.drafts.discard.mutate({ id: discard }));
  throw redirect('/drafts?trash&done=discarded');
}

const messages: Record<string, string> = {
  restored: 'Draft restored.',
  discarded: 'Draft deleted for good.',
};

/** Says what the last action did, and undoes a deletion. */
function Done() {
  const [search] = useSearchParams();
  const deleted = search.get('deleted') ?? '';
  const message = messages[search.get('done') ?? ''];
  if (message) return <Notice kind="success">{message}</Notice>;
  if (!isId(deleted)) return null;
  return (
    <Notice kind="success">
      <Form method="post" action="/drafts" className="undo">
        Draft deleted.
        <SubmitButton name="restore" value={deleted} kind="quiet">
          Undo
        </SubmitButton>
      </Form>
    </Notice>
  );
}

export default function Drafts() {
  const { preview, shown, opening } = usePage(draftsPage);
  const drafts = shown?.drafts ?? [];
  const { nextCursor, older, inTrash } = preview;
  if (opening === 'away') {
    return (
      <Page width="form">
        <NotOpened opening={opening} what="your drafts" />
      </Page>
    );
  }
  const isOpening = opening === 'opening';
  const empty = !isOpening && drafts.length === 0;
  const path = inTrash ? '/drafts?trash' : '/drafts';
  return (
    <Page width="list">
      <PageHeading
        title={inTrash ? 'Deleted drafts' : 'Drafts'}
        actions={empty || inTrash ? null : <ButtonLink to="/write">Write a letter</ButtonLink>}
      >
        {inTrash ? <p>Kept for 30 days, then deleted for good.</p> : null}
      </PageHeading>
      <Done />
      {isOpening ? <OpeningNow what="your drafts" heading="p" /> : null}
      {empty ? <NoDrafts older={older} inTrash={inTrash} /> : null}
      {isOpening || empty ? null : (
        <LetterList label={inTrash ? 'Deleted drafts' : 'Letters you are writing'}>
          {drafts.map((draft) => (
            <DraftEnvelope
              key={draft.id}
              draft={draft}
              offered={inTrash ? ['restore', 'discard'] : ['trash']}
            />
          ))}
        </LetterList>
      )}
      <Pagination
        olderTo={nextCursor && `${path}${inTrash ? '&' : '?'}cursor=${nextCursor}`}
        newestTo={older ? path : null}
      />
      <p className="form-aside">
        {inTrash ? <Link to="/drafts">Drafts</Link> : <Link to="/drafts?trash">Deleted drafts</Link>}
      </p>
    </Page>
  );
}

function NoDrafts({ older, inTrash }: { older: boolean; inTrash: boolean }) {
  if (inTrash) {
    return (
      <EmptyState picture="pen" title="No deleted drafts">
        <p>Drafts you delete wait here in case you change your mind.</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      picture="pen"
      title={older ? 'No older drafts' : 'No drafts'}
      actions={<ButtonLink to="/write">Write a letter</ButtonLink>}
    >
      <p>Letters you haven’t sent yet are kept here, sealed so only you can read them.</p>
    </EmptyState>
  );
}
