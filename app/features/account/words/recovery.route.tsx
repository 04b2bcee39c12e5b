import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { useState } from 'react';
import { attempt, formProblem, privateHeaders } from '#app/http/errors.server.ts';
import { hasPendingWords, requirePerson } from '#app/http/session.server.ts';
import { readForm } from '#app/http/uploads.server.ts';
import { PlainTask } from '#app/modes/plain-task.tsx';
import { type FieldsState, SealedTask } from '#app/modes/sealed-task.tsx';
import { useKeysOf } from '#app/modes/use-keys-of.ts';
import { BackToSettings } from '#app/ui/back-to-settings.tsx';
import { SubmitButton } from '#app/ui/button.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { PasswordField } from '#app/ui/password-field.tsx';
import { NewWords } from './new-words.tsx';

export const meta: MetaFunction = () => [{ title: 'Recovery words · Project BFF' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const api = await requirePerson(context, request);
  return data({ unconfirmed: await hasPendingWords(api) }, { headers: privateHeaders });
}

export async function action({ request, context }: ActionFunctionArgs) {
  const api = await requirePerson(context, request);
  const { fields, problem } = await readForm(request);
  if (problem) return data({ problem: formProblem(problem) }, { status: 400, headers: privateHeaders });
  const outcome = await attempt(() => api.accounts.renewWords({ current: fields.current ?? '' }));
  if (!outcome.ok)
    return data({ problem: outcome.problem }, { status: outcome.status, headers: privateHeaders });
  throw redirect('/join/words');
}

export default function RenewWords() {
  const { unconfirmed } = useLoaderData<typeof loader>();
  const keysOf = useKeysOf();
  const refused = useActionData<typeof action>();
  const [words, setWords] = useState<string[] | null>(null);
  if (words && keysOf) {
    return (
      <Page width="form">
        <NewWords username={keysOf} words={words} />
      </Page>
    );
  }
  return (
    <Page width="form">
      <PageHeading title="New recovery words">
        <p>
          If somebody may have seen your paper, or you cannot find it: get twelve new words. The old ones stop
          working at once.
        </p>
      </PageHeading>
      {unconfirmed ? (
        <Notice kind="info">
          <p>
            Your newest words are not confirmed yet. <Link to="/join/words">Show them once more</Link>
          </p>
        </Notice>
      ) : null}
      {keysOf === null ? (
        <PlainTask problem={refused?.problem}>{(state) => <RenewalFields {...state} />}</PlainTask>
      ) : (
        <SealedRenewal username={keysOf} onMade={setWords} />
      )}
      <BackToSettings />
    </Page>
  );
}

function SealedRenewal({ username, onMade }: { username: string; onMade: (words: string[]) => void }) {
  const renew = async (fields: FormData) => {
    const { renewWords } = await import('#app/browser/session/renew-words.ts');
    onMade(await renewWords(username, String(fields.get('current'))));
    return 'staying' as const;
  };
  return <SealedTask work={renew}>{(state) => <RenewalFields {...state} />}</SealedTask>;
}

function RenewalFields({ wrong, busy }: FieldsState) {
  return (
    <>
      <PasswordField error={wrong.current} />
      <SubmitButton pending={busy} pendingLabel="Choosing words…">
        Show me new words
      </SubmitButton>
    </>
  );
}
