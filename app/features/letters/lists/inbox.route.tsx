import type { MetaFunction } from '@remix-run/node';
import { Form, Link, useSearchParams } from '@remix-run/react';
import { openInBrowser } from '#app/modes/define-page.ts';
import { loadPage } from '#app/modes/load-page.server.ts';
import { SubmitButton } from '#app/ui/button.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { isId } from '#core/id.ts';
import { inboxPage } from './letter-pages.ts';
import { LettersPage } from './letters-page.tsx';

export const meta: MetaFunction = ({ location }) => [
  { title: `${new URLSearchParams(location.search).has('archive') ? 'Archive' : 'Inbox'} · Project BFF` },
];

export const loader = loadPage(inboxPage);
export const clientLoader = openInBrowser(inboxPage);

/** Says what the last action did, and undoes archiving. */
function Done() {
  const [search] = useSearchParams();
  const archived = search.get('archived') ?? '';
  if (search.get('done') === 'unarchived')
    return <Notice kind="success">The letter is back in your inbox.</Notice>;
  if (!isId(archived)) return null;
  return (
    <Notice kind="success">
      <Form method="post" action={`/letters/${archived}`} className="undo">
        Letter archived.
        <SubmitButton name="intent" value="unarchive" kind="quiet">
          Undo
        </SubmitButton>
      </Form>
    </Notice>
  );
}

export default function Inbox() {
  const inArchive = useSearchParams()[0].has('archive');
  const shared = {
    page: inboxPage,
    direction: 'received',
    stateOf: ({ status }: { status: string }) => (status === 'read' ? 'read' : 'new'),
  } as const;
  if (inArchive) {
    return (
      <LettersPage
        {...shared}
        title="Archive"
        path="/inbox?archive"
        label="Letters you archived"
        empty={{
          picture: 'mailbox',
          title: 'Nothing archived',
          text: 'Archive a letter to take it out of your inbox. It waits here, and in your letters with your friend.',
          button: { to: '/inbox', label: 'Inbox' },
        }}
        aside={<Link to="/inbox">Inbox</Link>}
      />
    );
  }
  return (
    <LettersPage
      {...shared}
      title="Inbox"
      path="/inbox"
      label="Letters you received"
      empty={{
        picture: 'mailbox',
        title: 'No letters yet',
        text: 'The best way to get a letter is to write one.',
        button: { to: '/friends', label: 'Friends' },
      }}
      notice={<Done />}
      aside={<Link to="/inbox?archive">Archive</Link>}
    />
  );
}
