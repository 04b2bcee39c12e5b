import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import type { ReactNode } from 'react';
import { attempt, formProblem, privateHeaders } from '#app/http/errors.server.ts';
import { hasPendingWords, sessionHeaders } from '#app/http/session.server.ts';
import { readForm } from '#app/http/uploads.server.ts';
import { useKeysOf } from '#app/modes/use-keys-of.ts';
import { FormProblem } from '#app/ui/form-problem.tsx';
import { Page } from '#app/ui/page.tsx';
import { ConfirmTwoWords } from './confirm-two-words.tsx';
import { WithPendingWords } from './pending-words.tsx';
import { TwoWordsFields, TwoWordsHeading, twoPositions } from './two-words.tsx';

export const meta: MetaFunction = () => [{ title: 'Two of your words · Project BFF' }];

export async function loader({ context }: LoaderFunctionArgs) {
  const api = await context.api();
  const me = await api.accounts.me();
  if (!me) throw redirect('/login');
  if (!(await hasPendingWords(api))) throw redirect(me.stage === 'full' ? '/inbox' : '/join/mail');
  return data({ positions: twoPositions() }, { headers: privateHeaders });
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { fields, problem } = await readForm(request);
  const positions = [Number(fields.first), Number(fields.second)] as [number, number];
  const answers = positions.map((position) => ({ position, word: fields[`word-${position}`] ?? '' }));
  const typed = Object.fromEntries(answers.map(({ position, word }) => [position, word]));
  if (problem) return data({ problem: formProblem(problem), typed, positions }, { status: 400 });
  const api = await context.api();
  // The first press of two has ended the session that the second one comes with.
  if (!(await api.accounts.me())) throw redirect('/login');
  const outcome = await attempt(() => api.accounts.confirmWords({ answers }));
  // Confirmed already, by the first press of two: what the person wanted has happened.
  const confirmed = outcome.ok || outcome.status === 409;
  if (!confirmed) return data({ problem: outcome.problem, typed, positions }, { status: outcome.status });
  if (outcome.ok && outcome.value.loggedIn)
    throw redirect('/inbox', { headers: sessionHeaders(context, outcome.value) });
  throw redirect('/join/mail');
}

export default function ConfirmWords() {
  const { positions } = useLoaderData<typeof loader>();
  const keysOf = useKeysOf();
  const again = <Link to="/join/words">Show the words again</Link>;
  return (
    <Page width="form">
      {keysOf === null ? (
        <PlainConfirmation again={again} />
      ) : (
        <WithPendingWords username={keysOf}>
          {(words) => <ConfirmTwoWords words={words} positions={positions} again={again} />}
        </WithPendingWords>
      )}
    </Page>
  );
}

function PlainConfirmation({ again }: { again: ReactNode }) {
  const loaded = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const busy = useNavigation().state !== 'idle';
  const positions = refused?.positions ?? loaded.positions;
  return (
    <>
      <TwoWordsHeading />
      <FormProblem problem={refused?.problem} />
      <Form method="post" className="form" noValidate>
        <input type="hidden" name="first" value={positions[0]} />
        <input type="hidden" name="second" value={positions[1]} />
        <TwoWordsFields
          positions={positions}
          typed={refused?.typed}
          wrong={refused?.problem.fields ?? {}}
          busy={busy}
        />
      </Form>
      <p className="form-aside">{again}</p>
    </>
  );
}
