import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { useState } from 'react';
import { privateHeaders } from '#app/http/errors.server.ts';
import { requireUserApi } from '#app/http/session.server.ts';
import { hasPendingPhrase } from '#app/modes/sealed-session.server.ts';
import { userAction } from '#app/modes/task-form.server.ts';
import { type RunInBrowser, TaskForm } from '#app/modes/task-form.tsx';
import { BackToSettings } from '#app/ui/back-to-settings.tsx';
import { SubmitButton } from '#app/ui/button.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { PasswordField } from '#app/ui/password-field.tsx';
import { type MadePhrase, NewPhrase } from './new-phrase.tsx';

export const meta: MetaFunction = () => [{ title: 'Recovery words · Project BFF' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const api = await requireUserApi(context, request);
  return data({ unconfirmed: await hasPendingPhrase(api) }, { headers: privateHeaders });
}

export const action = userAction([], async ({ api, fields: { current = '' } }) => {
  await api.accounts.renewRecoveryPhrase.mutate({ current });
  return redirect('/join/words');
});

export default function RenewRecoveryPhrase() {
  const { unconfirmed } = useLoaderData<typeof loader>();
  const [phrase, setPhrase] = useState<MadePhrase | null>(null);
  if (phrase) {
    return (
      <Page width="form">
        <NewPhrase {...phrase} />
      </Page>
    );
  }
  const renewInBrowser: RunInBrowser = async ({ fields: { current = '' }, username }) => {
    const { renewRecoveryPhrase } = await import('#app/browser/session/renew-recovery-phrase.ts');
    setPhrase({ username, words: await renewRecoveryPhrase(username, current) });
  };
  return (
    <Page width="form">
      <PageHeading title="New recovery words">
        <p>
          Lost your list, or think someone has seen it? Get twelve new words. The old ones will stop working.
        </p>
      </PageHeading>
      {unconfirmed ? (
        <Notice kind="info">
          <p>
            You haven’t confirmed your newest words yet. <Link to="/join/words">Show them again</Link>
          </p>
        </Notice>
      ) : null}
      <TaskForm kind="user" run={renewInBrowser}>
        <PasswordField />
        <SubmitButton pendingLabel="Choosing words…">Show new words</SubmitButton>
      </TaskForm>
      <BackToSettings />
    </Page>
  );
}
