import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { privateHeaders, throwErrorPage } from '#app/http/errors.server.ts';
import { requireUserApi } from '#app/http/session.server.ts';
import { userAction } from '#app/modes/task-form.server.ts';
import { PostProblem, type RunInBrowser, TaskForm } from '#app/modes/task-form.tsx';
import { BackToSettings } from '#app/ui/back-to-settings.tsx';
import { SubmitButton } from '#app/ui/button.tsx';
import { Field } from '#app/ui/field.tsx';
import { LetterDate } from '#app/ui/letter-date.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { PasswordField } from '#app/ui/password-field.tsx';
import { useFlashMessage } from '#app/ui/use-flash-message.ts';
import { useTimeZone } from '#app/ui/use-time-zone.ts';
import { limits } from '#core/schemas/limits.ts';

export const meta: MetaFunction = () => [{ title: 'Email address · Project BFF' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const api = await requireUserApi(context, request);
  const state = await throwErrorPage(() => api.emailChange.state.query());
  return data(state, { headers: privateHeaders });
}

export const action = userAction(['email'], async ({ api, fields }) => {
  const { email = '', current = '', intent } = fields;
  if (intent === 'cancel') {
    await api.emailChange.cancel.mutate();
    return redirect('/settings/email?done=cancelled');
  }
  await api.emailChange.request.mutate({ email, proof: { password: current } });
  return redirect(asked);
});

const askInBrowser: RunInBrowser = async ({ api, fields: { email = '' }, prove }) => {
  await api.emailChange.request.mutate({ email, proof: await prove() });
  return { navigate: asked };
};

const asked = '/settings/email?done=asked';

const messages: Record<string, string> = {
  asked: 'We’ve sent two emails, one to each address.',
  cancelled: 'Change cancelled. Your address stays the same, and the links no longer work.',
};

export default function EmailSettings() {
  const { email, waiting } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const busy = useNavigation().state !== 'idle';
  const timeZone = useTimeZone();
  const message = useFlashMessage(messages);
  return (
    <Page width="form">
      <PageHeading title="Email address">
        <p>
          Your email address is <strong>{email}</strong>.
        </p>
      </PageHeading>
      {message && !refused ? <Notice kind="success">{message}</Notice> : null}
      <PostProblem />
      {waiting ? (
        <section aria-labelledby="waiting-heading" className="panel">
          <h2 id="waiting-heading">Waiting for both addresses</h2>
          <div className="prose">
            <ul>
              <li>
                <strong>{waiting.email}</strong> (new):{' '}
                {waiting.newAgreed ? 'confirmed' : waiting.bounced ? bounced : 'not confirmed yet'}
              </li>
              <li>
                <strong>{email}</strong> (current): {waiting.oldAgreed ? 'approved' : 'not approved yet'}
              </li>
            </ul>
          </div>
          <p className="field-hint">
            Each link works once, until <LetterDate at={waiting.expiresAt} timeZone={timeZone} form="full" />.
          </p>
          <Form method="post">
            <SubmitButton name="intent" value="cancel" kind="quiet" pending={busy}>
              Cancel the change
            </SubmitButton>
          </Form>
        </section>
      ) : null}
      <TaskForm kind="user" key={waiting?.email} run={askInBrowser} className="form panel" problemShown>
        <h2>{waiting ? 'Or use a different address' : 'Change your email'}</h2>
        <Field
          name="email"
          type="email"
          label="New email address"
          hint="We’ll send a link to both addresses; it changes once you’ve approved both."
          maxLength={limits.emailMax}
          required
          autoComplete="email"
        />
        <PasswordField />
        <SubmitButton pendingLabel="One moment…">Send links</SubmitButton>
      </TaskForm>
      <BackToSettings />
    </Page>
  );
}

const bounced = 'our email couldn’t be delivered. Is there a typo in it?';
