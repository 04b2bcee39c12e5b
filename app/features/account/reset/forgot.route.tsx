import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { attempt, formProblem } from '#app/http/errors.server.ts';
import { readForm } from '#app/http/uploads.server.ts';
import { PlainTask } from '#app/modes/plain-task.tsx';
import { ButtonLink, SubmitButton } from '#app/ui/button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Field } from '#app/ui/field.tsx';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { limits } from '#core/schemas/limits.ts';

export const meta: MetaFunction = () => [{ title: 'Forgotten password · Project BFF' }];

export function loader({ context }: LoaderFunctionArgs) {
  return { localMailbox: context.localMailbox !== null };
}

/** The answer is the same whether or not anybody has this address. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { fields, problem } = await readForm(request);
  const email = fields.email ?? '';
  if (problem) return data({ asked: false, problem: formProblem(problem), email }, { status: 400 });
  const api = await context.api();
  const outcome = await attempt(() => api.accounts.requestReset({ email }));
  if (!outcome.ok) return data({ asked: false, problem: outcome.problem, email }, { status: outcome.status });
  return { asked: true, problem: null, email };
}

export default function Forgot() {
  const { localMailbox } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  if (answer?.asked) {
    return (
      <Page width="form">
        <EmptyState
          picture="mailbox"
          title="Look in your mail"
          heading="h1"
          actions={
            <>
              {localMailbox ? <ButtonLink to="/dev/mailbox">Open the local mailbox</ButtonLink> : null}
              <ButtonLink to="/login" kind="quiet">
                To log-in
              </ButtonLink>
            </>
          }
        >
          <p>If an account has this address, a link is on its way. It works once, for fifteen minutes.</p>
          <p>Have your twelve recovery words at hand: with them, all your letters stay readable.</p>
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page width="form">
      <PageHeading title="Forgotten your password?">
        <p>We send a link to the address of your account. You will also need your twelve recovery words.</p>
      </PageHeading>
      <PlainTask problem={answer?.problem}>
        {({ wrong, busy }) => (
          <>
            <Field
              name="email"
              type="email"
              label="E-mail"
              defaultValue={answer?.email}
              error={wrong.email}
              required
              maxLength={limits.emailMax}
              autoComplete="email"
            />
            <SubmitButton pending={busy} pendingLabel="Sending…">
              Send me a link
            </SubmitButton>
          </>
        )}
      </PlainTask>
      <p className="form-aside">
        It came back to you? <Link to="/login">Log in</Link>
      </p>
    </Page>
  );
}
