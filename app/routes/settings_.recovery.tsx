import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { useState } from 'react';
import { Notice, PageHeading, PasswordField, SubmitButton } from '../components/index.ts';
import { attempt, formProblem, privateHeaders } from '../errors.server.ts';
import { Page } from '../person-page.tsx';
import { PlainTask } from '../plain-task.tsx';
import { NewWords } from '../sealed/new-words.tsx';
import { type FieldsState, SealedTask } from '../sealed/sealed-task.tsx';
import { useKeysOf } from '../sealed/use-keys-of.ts';
import { hasPendingWords, requirePerson } from '../session.server.ts';
import { BackToSettings } from '../settings/back-to-settings.tsx';
import { readForm } from '../uploads.server.ts';

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
    const { renewWords } = await import('../sealed/renew-words.ts');
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
