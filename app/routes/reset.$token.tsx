import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { useState } from 'react';
import { Field, FormProblem, PageHeading, SealedOrPlain, SubmitButton } from '../components/index.ts';
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

export const meta: MetaFunction = () => [{ title: 'A new password · Project BFF' }];

export async function loader({ params, context }: LoaderFunctionArgs) {
  const token = params.token ?? '';
  const link = await lookAtLink(context, token);
  return data({ ...link, token }, { status: link.status, headers: privateHeaders });
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const { fields, problem } = await readForm(request);
  const { words = '', password = '', confirm = '', code } = fields;
  if (problem)
    return data({ problem: formProblem(problem), words }, { status: 400, headers: privateHeaders });
  const api = await context.api();
  const token = params.token ?? '';
  const outcome = await attempt(() => api.accounts.resetPassword({ token, words, password, confirm, code }));
  if (!outcome.ok) {
    return data({ problem: outcome.problem, words }, { status: outcome.status, headers: privateHeaders });
  }
  throw redirect('/join/words', { headers: sessionHeaders(context, outcome.value) });
}

export default function Reset() {
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
      <PageHeading title="A new password">
        <p>Your recovery words open your letters, your new password locks them again.</p>
      </PageHeading>
      <SealedOrPlain sealed={<SealedReset onMade={setMade} />} plain={<PlainReset />} />
      <p className="form-aside">
        <Link to={`/reset/${token}/afresh`}>I do not have my words any more</Link>
      </p>
    </Page>
  );
}

function PlainReset() {
  const { problem, assistedForbidden } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const busy = useNavigation().state !== 'idle';
  if (assistedForbidden) return <OnlyWithScript />;
  return (
    <>
      <FormProblem problem={refused?.problem ?? (problem ? { message: problem, fields: {} } : null)} />
      <Form method="post" className="form" noValidate>
        <ResetFields words={refused?.words} wrong={refused?.problem.fields ?? {}} busy={busy} />
      </Form>
    </>
  );
}

/** Words and password stay here (app/sealed/reset-with-words.ts). */
function SealedReset({ onMade }: { onMade: (made: MadeWords) => void }) {
  const { problem, token } = useLoaderData<typeof loader>();
  const reset = async (fields: FormData) => {
    const { resetWithWords } = await import('../sealed/reset-with-words.ts');
    onMade(await resetWithWords(token, Object.fromEntries(fields)));
    return 'staying' as const;
  };
  return (
    <>
      <FormProblem problem={problem ? { message: problem, fields: {} } : null} />
      <SealedTask work={reset}>{(state) => <ResetFields {...state} />}</SealedTask>
    </>
  );
}

function ResetFields({ words, wrong, busy }: FieldsState & { words?: string | undefined }) {
  const { asksForCode } = useLoaderData<typeof loader>();
  return (
    <>
      <Field
        name="words"
        label="Your twelve recovery words"
        hint="In their order. Spaces, commas, line breaks, numbers and capitals do not matter."
        multiline
        rows={4}
        defaultValue={words}
        error={wrong.words}
        required
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      <NewPasswordFields wrong={wrong} />
      {asksForCode || wrong.code ? <CodeField error={wrong.code} /> : null}
      <SubmitButton pending={busy} pendingLabel="Opening your keys…">
        Set the new password
      </SubmitButton>
    </>
  );
}
