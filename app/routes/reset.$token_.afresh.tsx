import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { useState } from 'react';
import {
  FormProblem,
  Notice,
  PageHeading,
  SealedOrPlain,
  SubmitButton,
  useFieldName,
} from '../components/index.ts';
import { attempt, formProblem, privateHeaders } from '../errors.server.ts';
import { Page } from '../person-page.tsx';
import { lookAtLink } from '../recovery/look-at-link.server.ts';
import { NewPasswordFields } from '../recovery/new-password-fields.tsx';
import { OnlyWithScript } from '../recovery/only-with-script.tsx';
import { SpentLink } from '../recovery/spent-link.tsx';
import { type MadeWords, NewWords } from '../sealed/new-words.tsx';
import { type FieldsState, SealedTask } from '../sealed/sealed-task.tsx';
import { CodeField } from '../second-factor/code-field.tsx';
import { sessionHeaders } from '../session.server.ts';
import { readForm } from '../uploads.server.ts';

export const meta: MetaFunction = () => [{ title: 'Starting afresh · Project BFF' }];

export async function loader({ params, context }: LoaderFunctionArgs) {
  const token = params.token ?? '';
  const link = await lookAtLink(context, token);
  return data({ ...link, token }, { status: link.status, headers: privateHeaders });
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const { fields, problem } = await readForm(request);
  if (problem) return data({ problem: formProblem(problem) }, { status: 400, headers: privateHeaders });
  const { password = '', confirm = '', code } = fields;
  const api = await context.api();
  const token = params.token ?? '';
  const understood = (fields.understood === 'yes') as true;
  const outcome = await attempt(() =>
    api.accounts.startAfresh({ token, understood, password, confirm, code }),
  );
  if (!outcome.ok)
    return data({ problem: outcome.problem }, { status: outcome.status, headers: privateHeaders });
  throw redirect('/join/words', { headers: sessionHeaders(context, outcome.value) });
}

export default function StartAfresh() {
  const { works, token } = useLoaderData<typeof loader>();
  const [made, setMade] = useState<MadeWords | null>(null);
  if (made) {
    return (
      <Page width="form">
        <NewWords {...made} />
      </Page>
    );
  }
  if (!works) return <SpentLink />;
  return (
    <Page width="form">
      <PageHeading title="Starting afresh">
        <p>
          Without password and words nobody can open your letters: not you, not we, not anybody who asks us
          to.
        </p>
      </PageHeading>
      <Notice kind="info" title="Before you do this">
        <ul>
          <li>Letters you have received and sent stay here, and stay sealed for good. Drafts too.</li>
          <li>
            Your friends keep their copies and can read them as before. They can send you a letter again.
          </li>
          <li>You keep your name, your friends and your friend code, and get new keys and new words.</li>
          <li>Your friends see that your safety number has changed.</li>
        </ul>
        <p>
          Look once more for the paper with the twelve words.{' '}
          <Link to={`/reset/${token}`}>I have found my words</Link>
        </p>
      </Notice>
      <SealedOrPlain sealed={<SealedStart onMade={setMade} />} plain={<PlainStart />} />
    </Page>
  );
}

function PlainStart() {
  const { problem, assistedForbidden } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const busy = useNavigation().state !== 'idle';
  if (assistedForbidden) return <OnlyWithScript />;
  return (
    <>
      <FormProblem problem={refused?.problem ?? (problem ? { message: problem, fields: {} } : null)} />
      <Form method="post" className="form" noValidate>
        <AfreshFields wrong={refused?.problem.fields ?? {}} busy={busy} />
      </Form>
    </>
  );
}

/** The password stays here, and the keys are made here (app/sealed/start-afresh.ts). */
function SealedStart({ onMade }: { onMade: (made: MadeWords) => void }) {
  const { problem, token } = useLoaderData<typeof loader>();
  const start = async (fields: FormData) => {
    const { startAfresh } = await import('../sealed/start-afresh.ts');
    onMade(await startAfresh(token, Object.fromEntries(fields)));
    return 'staying' as const;
  };
  return (
    <>
      <FormProblem problem={problem ? { message: problem, fields: {} } : null} />
      <SealedTask work={start}>{(state) => <AfreshFields {...state} />}</SealedTask>
    </>
  );
}

function AfreshFields({ wrong, busy }: FieldsState) {
  const { asksForCode } = useLoaderData<typeof loader>();
  return (
    <>
      <NewPasswordFields wrong={wrong} />
      {asksForCode || wrong.code ? <CodeField error={wrong.code} /> : null}
      <label className="check">
        <input
          id="understood"
          type="checkbox"
          {...useFieldName('understood')}
          value="yes"
          aria-invalid={wrong.understood ? true : undefined}
        />
        <span>I understand that my old letters stay sealed for good.</span>
      </label>
      <SubmitButton kind="danger" pending={busy} pendingLabel="Making new keys…">
        Start afresh
      </SubmitButton>
    </>
  );
}
