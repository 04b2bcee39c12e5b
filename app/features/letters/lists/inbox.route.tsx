import type { MetaFunction } from '@remix-run/node';
import { openInBrowser } from '#app/modes/define-page.ts';
import { loadPage } from '#app/modes/load-page.server.ts';
import { inboxPage } from './letter-pages.ts';
import { LettersPage } from './letters-page.tsx';

export const meta: MetaFunction = () => [{ title: 'Inbox · Project BFF' }];

export const loader = loadPage(inboxPage);
export const clientLoader = openInBrowser(inboxPage);

export default function Inbox() {
  return (
    <LettersPage
      page={inboxPage}
      title="Inbox"
      path="/inbox"
      direction="received"
      label="Letters you received"
      stateOf={({ status }) => (status === 'read' ? 'read' : 'new')}
      empty={{
        picture: 'mailbox',
        title: 'No letters yet',
        text: 'The best way to get a letter is to write one.',
        button: { to: '/friends', label: 'Friends' },
      }}
    />
  );
}
