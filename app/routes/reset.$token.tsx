import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { ErrorSummary, Field, Notice, PageHeading, SubmitButton } from '../components/index.ts';
import { attempt, formProblem, privateHeaders } from '../errors.server.ts';
import { Page } from '../person-page.tsx';
import { lookAtLink } from '../recovery/look-at-link.server.ts';
import { SpentLink } from '../recovery/spent-link.tsx';
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
  const { words = '', password = '', confirm = '' } = fields;
  if (problem)
    return data({ problem: formProblem(problem), words }, { status: 400, headers: privateHeaders });
  const api = await context.api();
  const token = params.token ?? '';
  const outcome = await attempt(() => api.accounts.resetPassword({ token, words, password, confirm }));
  if (!outcome.ok) {
    return data({ problem: outcome.problem, words }, { status: outcome.status, headers: privateHeaders });
  }
  throw redirect('/join/words', { headers: sessionHeaders(context, outcome.value) });
}

export default function Reset() {
  const { works, problem, token } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const busy = useNavigation().state !== 'idle';
  if (!works) return <SpentLink />;
  const wrong = refused?.problem.fields ?? {};
  return (
    <Page width="form">
      <PageHeading title="A new password">
        <p>Your recovery words open your letters, your new password locks them again.</p>
      </PageHeading>
      <ErrorSummary fields={wrong} />
      {!refused && problem ? <Notice kind="error">{problem}</Notice> : null}
      {refused && Object.keys(wrong).length === 0 ? (
        <Notice kind="error">{refused.problem.message}</Notice>
      ) : null}
      <Form method="post" className="form" noValidate>
        <Field
          name="words"
          label="Your twelve recovery words"
          hint="In their order. Spaces, commas, line breaks, numbers and capitals do not matter."
          multiline
          rows={4}
          defaultValue={refused?.words}
          error={wrong.words}
          required
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        <Field
          name="password"
          type="password"
          label="New password"
          hint="At least 8 characters. A few words that only you would put together are easiest to keep."
          error={wrong.password}
          required
          autoComplete="new-password"
        />
        <Field
          name="confirm"
          type="password"
          label="New password, once more"
          error={wrong.confirm}
          required
          autoComplete="new-password"
        />
        <SubmitButton pending={busy} pendingLabel="Opening your keys…">
          Set the new password
        </SubmitButton>
      </Form>
      <p className="form-aside">
        <Link to={`/reset/${token}/afresh`}>I do not have my words any more</Link>
      </p>
    </Page>
  );
}
