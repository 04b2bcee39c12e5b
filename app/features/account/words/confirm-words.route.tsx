import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { appErrorOf, privateHeaders } from '#app/http/errors.server.ts';
import { sessionHeaders } from '#app/http/session.server.ts';
import { hasPendingPhrase } from '#app/modes/sealed-session.server.ts';
import { visitorAction } from '#app/modes/task-form.server.ts';
import { PendingPhrase } from '#app/modes/unlock/pending-phrase.tsx';
import { Page } from '#app/ui/page.tsx';
import { findJoining } from '../join/find-joining.server.ts';
import { JoiningStep } from '../join/joining-step.tsx';
import { answersOf, ConfirmTwoWords, twoPositions } from './confirm-two-words.tsx';

export const meta: MetaFunction = () => [{ title: 'Quick check · Project BFF' }];

export async function loader({ context }: LoaderFunctionArgs) {
  const api = await context.client();
  const me = await api.accounts.me.query();
  if (!me) throw redirect('/login');
  if (!(await hasPendingPhrase(api))) throw redirect(me.stage === 'full' ? '/inbox' : '/join/mail');
  return data(
    { positions: twoPositions(), joining: await findJoining(context, api) },
    { headers: privateHeaders },
  );
}

export const action = visitorAction('all', async ({ api, context, fields }) => {
  // The first of two clicks has ended the session that the second one carries.
  if (!(await api.accounts.me.query())) return redirect('/login');
  const outcome = await api.accounts.confirmRecoveryPhrase
    .mutate({ answers: answersOf(fields) })
    .catch((error) => {
      // Already confirmed by the first of two clicks, which is what the user wanted.
      if (appErrorOf(error)?.code === 'conflict') return { loggedIn: false as const };
      throw error;
    });
  if (!outcome.loggedIn) return redirect('/join/mail');
  return redirect('/inbox', { headers: sessionHeaders(context, outcome) });
});

export default function ConfirmRecoveryPhrase() {
  const { positions, joining } = useLoaderData<typeof loader>();
  return (
    <Page width="form">
      <JoiningStep step={3} joining={joining} />
      <PendingPhrase>
        {(words) => (
          <ConfirmTwoWords
            words={words}
            positions={positions}
            again={<Link to="/join/words">Show my words again</Link>}
          />
        )}
      </PendingPhrase>
    </Page>
  );
}
