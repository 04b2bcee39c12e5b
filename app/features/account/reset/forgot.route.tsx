import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { SecureOnly } from '#app/modes/insecure-context.tsx';
import { visitorAction } from '#app/modes/task-form.server.ts';
import { TaskForm } from '#app/modes/task-form.tsx';
import { ButtonLink, SubmitButton } from '#app/ui/button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Field } from '#app/ui/field.tsx';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { limits } from '#core/schemas/limits.ts';

export const meta: MetaFunction = () => [{ title: 'Forgot your password? · Project BFF' }];

export function loader({ context }: LoaderFunctionArgs) {
  return { localMailbox: context.localMailbox !== null };
}

/** Requests a reset. The answer is the same whether or not the address has an account. */
export const action = visitorAction(['email'], async ({ api, fields: { email = '' } }) => {
  await api.accounts.requestReset.mutate({ email });
  return { asked: true };
});

export default function Forgot() {
  const { localMailbox } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  if (answer && 'asked' in answer) {
    return (
      <Page width="form">
        <EmptyState
          picture="mailbox"
          title="Check your email"
          heading="h1"
          actions={
            <>
              {localMailbox ? <ButtonLink to="/dev/mailbox">Open the local mailbox</ButtonLink> : null}
              <ButtonLink to="/login" kind="quiet">
                Log in
              </ButtonLink>
            </>
          }
        >
          <p>
            If there’s an account with this address, we’ve sent a link. It works once, for{' '}
            {limits.resetLinkHours} hours.
          </p>
          <p>Have your twelve recovery words ready: with them, you keep all your letters.</p>
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page width="form">
      <PageHeading title="Forgot your password?">
        <p>We’ll email you a link. You’ll also need your twelve recovery words.</p>
      </PageHeading>
      <SecureOnly>
        <TaskForm kind="plain">
          <Field
            name="email"
            type="email"
            label="Email"
            required
            maxLength={limits.emailMax}
            autoComplete="email"
          />
          <SubmitButton pendingLabel="Sending…">Send link</SubmitButton>
        </TaskForm>
      </SecureOnly>
      <p className="form-aside">
        Remembered it? <Link to="/login">Log in</Link>
      </p>
    </Page>
  );
}
