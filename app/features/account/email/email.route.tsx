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

export const meta: MetaFunction = () => [{ title: 'E-mail address · Project BFF' }];

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

const said: Record<string, string> = {
  asked: 'Two mails are on their way: one to each address.',
  cancelled: 'Called off. Your address stays as it is, and the links in the mails are dead.',
};

export default function EmailSettings() {
  const { email, waiting } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const busy = useNavigation().state !== 'idle';
  const timeZone = useTimeZone();
  const message = useFlashMessage(said);
  return (
    <Page width="form">
      <PageHeading title="E-mail address">
        <p>
          You use <strong>{email}</strong>.
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
                <strong>{waiting.email}</strong>, the new one:{' '}
                {waiting.newAgreed ? 'confirmed' : waiting.bounced ? bounced : 'not confirmed yet'}
              </li>
              <li>
                <strong>{email}</strong>, yours until now: {waiting.oldAgreed ? 'agreed' : 'not agreed yet'}
              </li>
            </ul>
          </div>
          <p className="field-hint">
            The links in the mails work once, until{' '}
            <LetterDate at={waiting.expiresAt} timeZone={timeZone} form="full" />.
          </p>
          <Form method="post">
            <SubmitButton name="intent" value="cancel" kind="quiet" pending={busy}>
              Call it off
            </SubmitButton>
          </Form>
        </section>
      ) : null}
      <TaskForm kind="user" key={waiting?.email} run={askInBrowser} className="form panel" problemShown>
        <h2>{waiting ? 'Or another one' : 'Another address'}</h2>
        <Field
          name="email"
          type="email"
          label="Your new address"
          hint="We write to both addresses. Only when you have used the links in both mails does it change."
          maxLength={limits.emailMax}
          required
          autoComplete="email"
        />
        <PasswordField />
        <SubmitButton pendingLabel="One moment…">Ask both addresses</SubmitButton>
      </TaskForm>
      <BackToSettings />
    </Page>
  );
}

const bounced = 'its mail server doesn’t take our mail. Is there a typing error in it?';
