import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { type ReactNode, useState } from 'react';
import type { KdfChanged } from '#app/browser/session/check-kdf.ts';
import { attempt, formProblem } from '#app/http/errors.server.ts';
import {
  challengeCookie,
  homeOf,
  safeNext,
  sessionHeaders,
  wayAfterLogIn,
} from '#app/http/session.server.ts';
import { readForm } from '#app/http/uploads.server.ts';
import { PlainTask } from '#app/modes/plain-task.tsx';
import { SealedOrPlain } from '#app/modes/sealed-or-plain.tsx';
import { type FieldsState, SealedTask } from '#app/modes/sealed-task.tsx';
import { SealedCode, type WaitingLogIn, waitFor } from '#app/modes/unlock/sealed-code.tsx';
import { wayOn } from '#app/modes/unlock/way-on.ts';
import { SubmitButton } from '#app/ui/button.tsx';
import { Field } from '#app/ui/field.tsx';
import { Notice } from '#app/ui/notice.tsx';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { PasswordField } from '#app/ui/password-field.tsx';
import { useFieldName } from '#app/ui/sealed-fields.tsx';

export const meta: MetaFunction = () => [{ title: 'Log in · Project BFF' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const next = wayAfterLogIn(context, request);
  const home = await homeOf(await context.api(), next ?? undefined);
  if (home) throw redirect(home);
  return {
    next,
    after: new URL(request.url).searchParams.get('after'),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { fields, problem } = await readForm(request);
  const { username = '', password = '', next } = fields;
  const answer = { typed: { username } };
  if (problem) return data({ ...answer, problem: formProblem(problem) }, { status: 400 });
  const api = await context.api();
  const outcome = await attempt(() => api.accounts.logIn({ username, password }));
  if (!outcome.ok) return data({ ...answer, problem: outcome.problem }, { status: outcome.status });
  if (outcome.value.outcome === 'second-factor') {
    const onwards = next ? `?next=${encodeURIComponent(safeNext(next))}` : '';
    throw redirect(`/login/code${onwards}`, {
      headers: { 'Set-Cookie': challengeCookie(context, outcome.value) },
    });
  }
  throw redirect(wayOn(outcome.value.outcome, safeNext(next)), {
    headers: sessionHeaders(context, outcome.value),
  });
}

export default function LogIn() {
  const { next, after } = useLoaderData<typeof loader>();
  const [waiting, setWaiting] = useState<WaitingLogIn | null>(null);
  if (waiting) {
    return (
      <Page width="form">
        <SealedCode waiting={waiting} to={next ?? '/inbox'} />
      </Page>
    );
  }
  return (
    <Page width="form">
      <PageHeading title="Log in">
        <p>{next ? 'Log in to continue.' : 'Good to see you again.'}</p>
      </PageHeading>
      {after === 'reset-refused' ? (
        <Notice kind="success">The link doesn’t work any more, and your password stays as it is.</Notice>
      ) : null}
      {after === 'over' ? (
        <Notice kind="info">
          <p>That login took too long. Please start again.</p>
        </Notice>
      ) : null}
      <SealedOrPlain sealed={<SealedLogIn onWaiting={setWaiting} />} plain={<PlainLogIn />} />
      <p className="form-aside">
        <Link to="/forgot">Forgot your password?</Link>
        <br />
        New here? <Link to="/join">Join</Link>
      </p>
    </Page>
  );
}

function PlainLogIn() {
  const { next } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return (
    <PlainTask problem={refused?.problem}>
      {(state) => (
        <>
          {next ? <input type="hidden" name="next" value={next} /> : null}
          <LogInFields username={refused?.typed.username} {...state} />
        </>
      )}
    </PlainTask>
  );
}

/** The password stays here; what it becomes goes to the server (app/browser/session/log-in.ts). */
function SealedLogIn({ onWaiting }: { onWaiting(waiting: WaitingLogIn): void }) {
  const { next } = useLoaderData<typeof loader>();
  const [changed, setChanged] = useState<KdfChanged | null>(null);
  const work = async (fields: FormData) => {
    const [{ logIn }, { KdfChanged }] = await Promise.all([
      import('#app/browser/session/log-in.ts'),
      import('#app/browser/session/check-kdf.ts'),
    ]);
    const typed = { username: String(fields.get('username')), password: String(fields.get('password')) };
    const accepted = fields.get('acceptChange') === 'yes' ? (changed?.asked ?? null) : null;
    const { outcome, pending } = await logIn(typed, accepted).catch((error) => {
      setChanged(error instanceof KdfChanged ? error : null);
      throw error;
    });
    if (outcome === 'second-factor') {
      onWaiting(await waitFor(pending));
      return 'staying';
    }
    // A page of its own: nothing of this one stays in memory.
    location.assign(wayOn(outcome, next ?? '/inbox'));
    return 'leaving';
  };
  return (
    <SealedTask work={work}>
      {(state) => (
        <LogInFields {...state}>{changed ? <AcceptChange change={changed.change} /> : null}</LogInFields>
      )}
    </SealedTask>
  );
}

const acceptance = {
  weaker: 'I know why. Log in with weaker protection.',
  replaced: 'I changed my password myself.',
};

/** The server asks for another salt or a lower cost than at the last log-in here, and only its owner can know why. */
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

function LogInFields({
  username,
  wrong,
  busy,
  children,
}: FieldsState & { username?: string | undefined; children?: ReactNode }) {
  return (
    <>
      <Field
        name="username"
        label="Username"
        defaultValue={username}
        error={wrong.username}
        required
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
      />
      <PasswordField name="password" label="Password" error={wrong.password} />
      {children}
      <SubmitButton pending={busy} pendingLabel="Opening your letters…">
        Log in
      </SubmitButton>
    </>
  );
}
