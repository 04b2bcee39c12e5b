import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import type { ClientLoaderFunctionArgs } from '@remix-run/react';
import { openTitles } from './letter-list.ts';
import { LettersPage } from './letters-page.tsx';
import { loadLetterList } from './load-letter-list.server.ts';

export const meta: MetaFunction = () => [{ title: 'Sent · Project BFF' }];

export function loader({ request, context }: LoaderFunctionArgs) {
  return loadLetterList(context, request, 'sent');
}

/** In a sealed session the titles are opened here. */
export async function clientLoader({ serverLoader }: ClientLoaderFunctionArgs) {
  return openTitles(await serverLoader<typeof loader>());
}

export default function Sent() {
  return (
    <LettersPage
      title="Sent"
      path="/sent"
      direction="sent"
      label="Letters you sent"
      stateOf={({ status }) => status}
      empty={{
        picture: 'pen',
        title: 'Nothing sent yet',
        said: 'Copies of your letters are kept here, sealed to you.',
        button: { to: '/write', label: 'Write a letter' },
      }}
    />
  );
}
