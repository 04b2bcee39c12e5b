import type { MetaFunction } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { useActionData, useSearchParams } from '@remix-run/react';
import { visitorAction } from '#app/modes/task-form.server.ts';
import { TaskForm } from '#app/modes/task-form.tsx';
import { ButtonLink, SubmitButton } from '#app/ui/button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Field } from '#app/ui/field.tsx';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { limits } from '#core/schemas/limits.ts';

export const meta: MetaFunction = () => [{ title: 'Feedback · Project BFF' }];

export const action = visitorAction(['subject', 'message'], async ({ api, fields }) => {
  const { subject = '', message = '' } = fields;
  await api.feedback.give.mutate({ subject, message });
  return redirect('/feedback?done=yes');
});

export default function Feedback() {
  const refused = useActionData<typeof action>();
  const done = useSearchParams()[0].has('done');
  if (done && !refused) {
    return (
      <Page width="form">
        <EmptyState picture="cat" title="Thanks!" heading="h1" actions={<ButtonLink to="/">Back</ButtonLink>}>
          <p>A real person will read it.</p>
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page width="form">
      <PageHeading title="Feedback">
        <p>Tell us what’s missing, broken or good. This isn’t encrypted; our team reads it.</p>
      </PageHeading>
      <TaskForm kind="plain">
        <Field name="subject" label="Subject" required maxLength={limits.feedbackSubjectMax} />
        <Field
          name="message"
          label="Message"
          multiline
          rows={8}
          required
          maxLength={limits.feedbackMessageMax}
        />
        <SubmitButton pendingLabel="Sending…">Send</SubmitButton>
      </TaskForm>
    </Page>
  );
}
