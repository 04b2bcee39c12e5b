import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { privateHeaders } from '#app/http/errors.server.ts';
import { hasPendingPhrase } from '#app/modes/sealed-session.server.ts';
import { PendingPhrase } from '#app/modes/unlock/pending-phrase.tsx';
import { ButtonLink } from '#app/ui/button.tsx';
import { Page } from '#app/ui/page.tsx';
import { findJoining } from '../join/find-joining.server.ts';
import { JoiningStep } from '../join/joining-step.tsx';
import { WordsToWriteDown } from './words-to-write-down.tsx';

export const meta: MetaFunction = () => [{ title: 'Your recovery words · Project BFF' }];

export async function loader({ context }: LoaderFunctionArgs) {
  const api = await context.client();
  const me = await api.accounts.me.query();
  if (!me) throw redirect('/login');
  if (!(await hasPendingPhrase(api))) throw redirect(me.stage === 'full' ? '/inbox' : '/join/mail');
  // Null in a sealed session: they are in the browser.
  const words = await api.accounts.recoveryPhrase.query();
  const joining = await findJoining(context, api);
  return data({ words, username: me.username, joining }, { headers: privateHeaders });
}

export default function RecoveryPhrase() {
  const { words, username, joining } = useLoaderData<typeof loader>();
  return (
    <Page width="form">
      <JoiningStep step={2} joining={joining} />
      <PendingPhrase>
        {(found) => (
          <WordsToWriteDown
            words={found ?? words ?? []}
            username={username}
            onwards={
              <ButtonLink to="/join/confirm" kind="primary">
                I’ve written them down
              </ButtonLink>
            }
          />
        )}
      </PendingPhrase>
    </Page>
  );
}
