import type { MetaFunction } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { Form, Link, useLoaderData } from '@remix-run/react';
import { throwErrorPage } from '#app/http/errors.server.ts';
import { sessionHeaders } from '#app/http/session.server.ts';
import { visitorAction } from '#app/modes/task-form.server.ts';
import { SubmitButton } from '#app/ui/button.tsx';
import { Field } from '#app/ui/field.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { loadResetLink } from './load-reset-link.server.ts';
import { ResetFields, ResetPage } from './reset-page.tsx';

export const meta: MetaFunction = () => [{ title: 'New password · Project BFF' }];

export const loader = loadResetLink;

export const action = visitorAction(['words'], async ({ api, context, params, fields }) => {
  const { words = '', password = '', confirm = '', code } = fields;
  const token = params.token ?? '';
  if (fields.intent === 'refuse') {
    await throwErrorPage(() => api.accounts.refuseReset.mutate({ token }));
    return redirect('/login?after=reset-refused');
  }
  const session = await api.accounts.resetPassword.mutate({ token, words, password, confirm, code });
  return redirect('/join/words', { headers: sessionHeaders(context, session) });
});

export default function Reset() {
  const { token } = useLoaderData<typeof loader>();
  return (
    <ResetPage
      before={
        <PageHeading title="New password">
          <p>Enter your recovery words and choose a new password.</p>
        </PageHeading>
      }
      after={
        <>
          <p className="form-aside">
            <Link to={`/reset/${token}/afresh`}>I’ve lost my recovery words</Link>
          </p>
          <Form method="post" className="form-aside">
            <SubmitButton name="intent" value="refuse" kind="quiet">
              This wasn’t me
            </SubmitButton>
          </Form>
        </>
      }
      reset={async (...given) => {
        const { resetWithPhrase } = await import('./reset-with-phrase.ts');
        return resetWithPhrase(...given);
      }}
    >
      <Field
        name="words"
        label="Your twelve recovery words"
        hint="In order. Spaces, commas, line breaks, numbers and capitals don’t matter."
        multiline
        rows={4}
        required
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      <ResetFields />
      <SubmitButton pendingLabel="Opening your keys…">Set new password</SubmitButton>
    </ResetPage>
  );
}
