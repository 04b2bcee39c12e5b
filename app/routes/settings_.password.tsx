import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useNavigation } from '@remix-run/react';
import { ErrorSummary, Field, Notice, PageHeading, SubmitButton } from '../components/index.ts';
import { attempt, formProblem, privateHeaders } from '../errors.server.ts';
import { Page } from '../person-page.tsx';
import { requirePerson, sessionHeaders } from '../session.server.ts';
import { readForm } from '../uploads.server.ts';

export const meta: MetaFunction = () => [{ title: 'Password · Project BFF' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requirePerson(context, request);
  return data(null, { headers: privateHeaders });
}

export async function action({ request, context }: ActionFunctionArgs) {
  const api = await requirePerson(context, request);
  const { fields, problem } = await readForm(request);
  if (problem) return data({ problem: formProblem(problem) }, { status: 400, headers: privateHeaders });
  const { current = '', password = '', confirm = '' } = fields;
  const outcome = await attempt(() => api.accounts.changePassword({ current, password, confirm }));
  if (!outcome.ok)
    return data({ problem: outcome.problem }, { status: outcome.status, headers: privateHeaders });
  throw redirect('/settings?done=password', { headers: sessionHeaders(context, outcome.value) });
}

export default function ChangePassword() {
  const refused = useActionData<typeof action>();
  const busy = useNavigation().state !== 'idle';
  const wrong = refused?.problem.fields ?? {};
  return (
    <Page width="form">
      <PageHeading title="Change your password">
        <p>Every other device is logged out. Your letters and your recovery words stay as they are.</p>
      </PageHeading>
      <ErrorSummary fields={wrong} />
      {refused && Object.keys(wrong).length === 0 ? (
        <Notice kind="error">{refused.problem.message}</Notice>
      ) : null}
      <Form method="post" className="form" noValidate>
        <Field
          name="current"
          type="password"
          label="Your password now"
          error={wrong.current}
          required
          autoComplete="current-password"
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
        <SubmitButton pending={busy} pendingLabel="Locking your letters anew…">
          Change it
        </SubmitButton>
      </Form>
      <p className="form-aside">
        <Link to="/settings">Back to the settings</Link>
      </p>
    </Page>
  );
}
