import type { ActionFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useSearchParams } from '@remix-run/react';
import { attempt, formProblem } from '#app/http/errors.server.ts';
import { readForm } from '#app/http/uploads.server.ts';
import { PlainTask } from '#app/modes/plain-task.tsx';
import { ButtonLink, SubmitButton } from '#app/ui/button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Field } from '#app/ui/field.tsx';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { limits } from '#core/schemas/limits.ts';

export const meta: MetaFunction = () => [{ title: 'Feedback · Project BFF' }];

export async function action({ request, context }: ActionFunctionArgs) {
  const { fields, problem } = await readForm(request);
  const typed = { subject: fields.subject ?? '', message: fields.message ?? '' };
  if (problem) return data({ problem: formProblem(problem), typed }, { status: 400 });
  const api = await context.api();
  const outcome = await attempt(() => api.feedback.give(typed));
  if (!outcome.ok) return data({ problem: outcome.problem, typed }, { status: outcome.status });
  throw redirect('/feedback?done=yes');
}

export default function Feedback() {
  const refused = useActionData<typeof action>();
  const done = useSearchParams()[0].has('done');
  if (done && !refused) {
    return (
      <Page width="form">
        <EmptyState
          picture="cat"
          title="Thank you"
          heading="h1"
          actions={<ButtonLink to="/">Back</ButtonLink>}
        >
          <p>It arrived, and a person reads it.</p>
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page width="form">
      <PageHeading title="Tell us">
        <p>
          What is missing, what is broken, what you like. This is not a letter: it is not sealed, and we read
          it.
        </p>
      </PageHeading>
      <PlainTask problem={refused?.problem}>
        {({ wrong, busy }) => (
          <>
            <Field
              name="subject"
              label="Subject"
              defaultValue={refused?.typed.subject}
              error={wrong.subject}
              required
              maxLength={limits.feedbackSubjectMax}
            />
            <Field
              name="message"
              label="Message"
              multiline
              rows={8}
              defaultValue={refused?.typed.message}
              error={wrong.message}
              required
              maxLength={limits.feedbackMessageMax}
            />
            <SubmitButton pending={busy} pendingLabel="Sending…">
              Send
            </SubmitButton>
          </>
        )}
      </PlainTask>
    </Page>
  );
}
