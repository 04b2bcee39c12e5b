import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { invitedBy } from '#app/http/invitation.server.ts';
import { sessionHeaders } from '#app/http/session.server.ts';
import { homeOf } from '#app/modes/home-of.server.ts';
import { visitorAction } from '#app/modes/task-form.server.ts';
import { type RunInBrowser, TaskForm } from '#app/modes/task-form.tsx';
import { SubmitButton } from '#app/ui/button.tsx';
import { Field } from '#app/ui/field.tsx';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { limits } from '#core/schemas/limits.ts';
import { JoiningStep } from './joining-step.tsx';
import { NewPasswordField } from './new-password-field.tsx';

export const meta: MetaFunction = () => [{ title: 'Join · Project BFF' }];

export async function loader({ context }: LoaderFunctionArgs) {
  const home = await homeOf(await context.client());
  if (home) throw redirect(home);
  return { joining: { invitedBy: await invitedBy(context) } };
}

export const action = visitorAction(['username', 'email'], async ({ api, context, fields }) => {
  const { username = '', email = '', password = '', confirm = '' } = fields;
  const session = await api.accounts.join.mutate({ username, email, password, confirm });
  return redirect('/join/words', { headers: sessionHeaders(context, session) });
});

/**
 * Joins in the browser, which keeps the password, keys and words
 * (app/features/account/join/join.ts).
 */
const joinInBrowser: RunInBrowser = async ({ fields }) => {
  const { join } = await import('./join.ts');
  await join(fields);
  return { load: '/join/words' };
};

export default function Join() {
  const { joining } = useLoaderData<typeof loader>();
  return (
    <Page width="form">
      <JoiningStep step={1} joining={joining} />
      <PageHeading title="Join">
        <p>Create your account, then find your friend.</p>
      </PageHeading>
      <TaskForm kind="visitor" run={joinInBrowser}>
        <Field
          name="username"
          label="Username"
          hint="3–15 characters: a–z, 0–9 and _. Your friends will see this."
          required
          minLength={limits.usernameMin}
          maxLength={limits.usernameMax}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
        />
        <Field
          name="email"
          type="email"
          label="Email"
          hint="So we can tell you when a letter arrives. Never shown to anyone."
          required
          maxLength={limits.emailMax}
          autoComplete="email"
        />
        <NewPasswordField />
        <SubmitButton pendingLabel="Making your keys…">Join</SubmitButton>
      </TaskForm>
      <p className="form-aside">
        Already have an account? <Link to="/login">Log in</Link>
      </p>
    </Page>
  );
}
