import type { ActionFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { attempt, formProblem, orErrorPage, privateHeaders } from '#app/http/errors.server.ts';
import { sessionHeaders } from '#app/http/session.server.ts';
import { readForm } from '#app/http/uploads.server.ts';
import { SubmitButton } from '#app/ui/button.tsx';
import { Field } from '#app/ui/field.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { loadResetLink } from './load-reset-link.server.ts';
import { ResetFields, ResetPage } from './reset-page.tsx';

export const meta: MetaFunction = () => [{ title: 'A new password · Project BFF' }];

export const loader = loadResetLink;

export async function action({ request, params, context }: ActionFunctionArgs) {
  const { fields, problem } = await readForm(request);
  const { words = '', password = '', confirm = '', code } = fields;
  if (problem)
    return data({ problem: formProblem(problem), words }, { status: 400, headers: privateHeaders });
  const api = await context.api();
  const token = params.token ?? '';
  if (fields.intent === 'refuse') {
    await orErrorPage(() => api.accounts.refuseReset({ token }));
    throw redirect('/login?after=reset-refused');
  }
  const outcome = await attempt(() => api.accounts.resetPassword({ token, words, password, confirm, code }));
  if (!outcome.ok) {
    return data({ problem: outcome.problem, words }, { status: outcome.status, headers: privateHeaders });
  }
  throw redirect('/join/words', { headers: sessionHeaders(context, outcome.value) });
}

export default function Reset() {
  const { token } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return (
    <ResetPage
      before={
        <PageHeading title="A new password">
          <p>Your recovery words open your letters, your new password locks them again.</p>
        </PageHeading>
      }
      after={
        <>
          <p className="form-aside">
            <Link to={`/reset/${token}/afresh`}>I do not have my words any more</Link>
          </p>
          <Form method="post" className="form-aside">
            <SubmitButton name="intent" value="refuse" kind="quiet">
              This wasn’t me
            </SubmitButton>
          </Form>
        </>
      }
      refused={refused?.problem}
      reset={async (...given) => {
        const { resetWithWords } = await import('./reset-with-words.ts');
        return resetWithWords(...given);
      }}
      fields={({ wrong, busy }) => (
        <>
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
          <ResetFields wrong={wrong} />
          <SubmitButton pending={busy} pendingLabel="Opening your keys…">
            Set the new password
          </SubmitButton>
        </>
      )}
    />
  );
}
