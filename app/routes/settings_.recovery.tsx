import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useNavigation } from '@remix-run/react';
import { ErrorSummary, Field, Notice, PageHeading, SubmitButton } from '../components/index.ts';
import { attempt, formProblem, privateHeaders } from '../errors.server.ts';
import { Page } from '../person-page.tsx';
import { requirePerson } from '../session.server.ts';
import { readForm } from '../uploads.server.ts';

export const meta: MetaFunction = () => [{ title: 'Recovery words · Project BFF' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requirePerson(context, request);
  return data(null, { headers: privateHeaders });
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
  const refused = useActionData<typeof action>();
  const busy = useNavigation().state !== 'idle';
  const wrong = refused?.problem.fields ?? {};
  return (
    <Page width="form">
      <PageHeading title="New recovery words">
        <p>
          If somebody may have seen your paper, or you cannot find it: get twelve new words. The old ones stop
          working at once.
        </p>
      </PageHeading>
      <ErrorSummary fields={wrong} />
      {refused && Object.keys(wrong).length === 0 ? (
        <Notice kind="error">{refused.problem.message}</Notice>
      ) : null}
      <Form method="post" className="form" noValidate>
        <Field
          name="current"
          type="password"
          label="Your password"
          error={wrong.current}
          required
          autoComplete="current-password"
        />
        <SubmitButton pending={busy} pendingLabel="Choosing words…">
          Show me new words
        </SubmitButton>
      </Form>
      <p className="form-aside">
        <Link to="/settings">Back to the settings</Link>
      </p>
    </Page>
  );
}
