import type { MetaFunction } from '@remix-run/node';
import { openInBrowser } from '#app/modes/define-page.ts';
import { loadPage } from '#app/modes/load-page.server.ts';
import { sentPage } from './letter-pages.ts';
import { LettersPage } from './letters-page.tsx';

export const meta: MetaFunction = () => [{ title: 'Sent · Project BFF' }];

export const loader = loadPage(sentPage);
export const clientLoader = openInBrowser(sentPage);

export default function Sent() {
  return (
    <LettersPage
      page={sentPage}
      title="Sent"
      path="/sent"
      direction="sent"
      label="Letters you sent"
      stateOf={({ status }) => status}
      empty={{
        picture: 'pen',
        title: 'Nothing sent yet',
        text: 'Copies of the letters you send are kept here, sealed so only you can read them.',
        button: { to: '/write', label: 'Write a letter' },
      }}
    />
  );
}
