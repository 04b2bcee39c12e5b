import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { useEffect, useState } from 'react';
import type { KdfChanged } from '#app/browser/session/check-kdf.ts';
import { warmLogIn } from '#app/browser/session/warm-log-in.ts';
import { invitedBy } from '#app/http/invitation.server.ts';
import { challengeCookie, safeNext, sessionHeaders, wayAfterLogIn } from '#app/http/session.server.ts';
import { homeOf } from '#app/modes/home-of.server.ts';
import { visitorAction } from '#app/modes/task-form.server.ts';
import { type RunInBrowser, TaskForm } from '#app/modes/task-form.tsx';
import { redirectAfterLogIn } from '#app/modes/unlock/redirect-after-log-in.ts';
import { SealedCode, type WaitingLogIn, waitFor } from '#app/modes/unlock/sealed-code.tsx';
import { SubmitButton } from '#app/ui/button.tsx';
import { Field } from '#app/ui/field.tsx';
import { InvitedBy } from '#app/ui/invited-by.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { PasswordField } from '#app/ui/password-field.tsx';
import { HiddenField, useFieldName } from '#app/ui/sealed-fields.tsx';

export const meta: MetaFunction = () => [{ title: 'Log in · Project BFF' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const next = wayAfterLogIn(context, request);
  const home = await homeOf(await context.client(), next ?? undefined);
  if (home) throw redirect(home);
  return {
    next,
    invitedBy: await invitedBy(context),
    after: new URL(request.url).searchParams.get('after'),
  };
}

export const action = visitorAction(
  ['username'],
  async ({ api, context, fields: { username = '', password = '', next } }) => {
    const session = await api.accounts.logIn.mutate({ username, password });
    if (session.outcome === 'second-factor') {
      const onwards = next ? `?next=${encodeURIComponent(safeNext(next))}` : '';
      return redirect(`/login/code${onwards}`, {
        headers: { 'Set-Cookie': challengeCookie(context, session) },
      });
    }
    return redirect(redirectAfterLogIn(session.outcome, safeNext(next)), {
      headers: sessionHeaders(context, session),
    });
  },
);

export default function LogIn() {
  const { next, after, invitedBy } = useLoaderData<typeof loader>();
  const [waiting, setWaiting] = useState<WaitingLogIn | null>(null);
  const [changed, setChanged] = useState<KdfChanged | null>(null);
  const to = next ?? '/inbox';
  useEffect(warmLogIn, []);
  if (waiting) {
    return (
      <Page width="form">
        <SealedCode waiting={waiting} to={to} />
      </Page>
    );
  }
  /** Logs in from the browser. The server receives only a key derived from the password. */
  const logInInBrowser: RunInBrowser = async ({ fields }) => {
    const [{ logIn }, { KdfChanged }] = await Promise.all([
      import('#app/browser/session/log-in.ts'),
      import('#app/browser/session/check-kdf.ts'),
    ]);
    const { username = '', password = '' } = fields;
    const accepted = fields.acceptChange === 'yes' ? (changed?.asked ?? null) : null;
    const { outcome, pending } = await logIn({ username, password }, accepted).catch((error) => {
      setChanged(error instanceof KdfChanged ? error : null);
      throw error;
    });
    if (outcome !== 'second-factor') return { load: redirectAfterLogIn(outcome, to) };
    setWaiting(await waitFor(pending));
  };
  return (
    <Page width="form">
      <InvitedBy name={invitedBy} />
      <PageHeading title="Log in">
        <p>{next ? 'Log in to continue.' : 'Good to see you again.'}</p>
      </PageHeading>
      {after === 'reset-refused' ? (
        <Notice kind="success">That link no longer works. Your password hasn’t changed.</Notice>
      ) : null}
      {after === 'over' ? (
        <Notice kind="info">
          <p>That login took too long. Please start again.</p>
        </Notice>
      ) : null}
      <TaskForm kind="visitor" run={logInInBrowser}>
        {next ? <HiddenField name="next" value={next} /> : null}
        <Field
          name="username"
          label="Username"
          required
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
        />
        <PasswordField name="password" label="Password" />
        {changed ? <AcceptChange change={changed.change} /> : null}
        <SubmitButton pendingLabel="Opening your letters…">Log in</SubmitButton>
      </TaskForm>
      <p className="form-aside">
        <Link to="/forgot">Forgot your password?</Link>
        <br />
        New here? <Link to="/join">Join</Link>
      </p>
    </Page>
  );
}

const acceptance = {
  weaker: 'I know why. Log in with weaker protection.',
  replaced: 'I changed my password myself.',
};

/** Asks the user to accept another salt or a lower cost than at the last login in this browser. */
function AcceptChange({ change }: { change: KdfChanged['change'] }) {
  return (
    <div className="field">
      <label className="check">
        <input id="acceptChange" type="checkbox" {...useFieldName('acceptChange')} value="yes" />
        <span>{acceptance[change]}</span>
      </label>
    </div>
  );
}
