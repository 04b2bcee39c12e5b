import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import type { ClientLoaderFunctionArgs } from '@remix-run/react';
import { openTitles } from './letter-list.ts';
import { LettersPage } from './letters-page.tsx';
import { loadLetterList } from './load-letter-list.server.ts';

export const meta: MetaFunction = () => [{ title: 'Inbox · Project BFF' }];

export function loader({ request, context }: LoaderFunctionArgs) {
  return loadLetterList(context, request, 'inbox');
}

/** In a sealed session the titles are opened here. */
export async function clientLoader({ serverLoader }: ClientLoaderFunctionArgs) {
  return openTitles(await serverLoader<typeof loader>());
}

export default function Inbox() {
  return (
    <LettersPage
      title="Inbox"
      path="/inbox"
      direction="received"
      label="Letters you received"
      stateOf={({ status }) => (status === 'read' ? 'read' : 'new')}
      empty={{
        picture: 'mailbox',
        title: 'No letters yet',
        said: 'The surest way to get one is to write one.',
        button: { to: '/friends', label: 'To your friends' },
      }}
    />
  );
}
