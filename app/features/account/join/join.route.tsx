import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Link, useActionData } from '@remix-run/react';
import { attempt, formProblem } from '#app/http/errors.server.ts';
import { homeOf, sessionHeaders } from '#app/http/session.server.ts';
import { readForm } from '#app/http/uploads.server.ts';
import { PlainTask } from '#app/modes/plain-task.tsx';
import { SealedOrPlain } from '#app/modes/sealed-or-plain.tsx';
import { type FieldsState, SealedTask } from '#app/modes/sealed-task.tsx';
import { SubmitButton } from '#app/ui/button.tsx';
import { Field } from '#app/ui/field.tsx';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { limits } from '#core/schemas/limits.ts';

export const meta: MetaFunction = () => [{ title: 'Join · Project BFF' }];

export async function loader({ context }: LoaderFunctionArgs) {
  const home = await homeOf(await context.api());
  if (home) throw redirect(home);
  return null;
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { fields, problem } = await readForm(request);
  const { username = '', email = '', password = '', confirm = '', mobile = '' } = fields;
  const typed = { username, email, mobile };
  if (problem) return data({ problem: formProblem(problem), typed }, { status: 400 });
  const api = await context.api();
  const outcome = await attempt(() => api.accounts.join({ ...typed, password, confirm }));
  if (!outcome.ok) return data({ problem: outcome.problem, typed }, { status: outcome.status });
  throw redirect('/join/words', { headers: sessionHeaders(context, outcome.value) });
}

export default function Join() {
  return (
    <Page width="form">
      <PageHeading title="Join">
        <p>A name, an address, a password. Then find your friend.</p>
      </PageHeading>
      <SealedOrPlain sealed={<SealedJoin />} plain={<PlainJoin />} />
      <p className="form-aside">
        Here before? <Link to="/login">Log in</Link>
      </p>
    </Page>
  );
}

function PlainJoin() {
  const refused = useActionData<typeof action>();
  return (
    <PlainTask problem={refused?.problem}>
      {(state) => <JoinFields typed={refused?.typed} {...state} />}
    </PlainTask>
  );
}

/** The password stays here, and so do the keys and the words that are made (app/features/account/join/join.ts). */
function SealedJoin() {
  const work = async (fields: FormData) => {
    const { join } = await import('./join.ts');
    await join(Object.fromEntries(fields));
    // A page of its own: nothing of this one stays in memory.
    location.assign('/join/words');
    return 'leaving' as const;
  };
  return <SealedTask work={work}>{(state) => <JoinFields {...state} />}</SealedTask>;
}

function JoinFields({
  typed,
  wrong,
  busy,
}: FieldsState & { typed?: { username: string; email: string; mobile: string } | undefined }) {
  return (
    <>
      <Field
        name="username"
        label="Username"
        hint="3 to 15 letters a–z, digits or _. Your friends see it."
        defaultValue={typed?.username}
        error={wrong.username}
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
        label="E-mail"
        hint="Only to tell you that a letter came. Nobody else sees it."
        defaultValue={typed?.email}
        error={wrong.email}
        required
        maxLength={limits.emailMax}
        autoComplete="email"
      />
      <Field
        name="password"
        type="password"
        label="Password"
        hint="At least 8 characters. A few words that only you would put together are easiest to keep: lantern otter waltz tuesday."
        error={wrong.password}
        required
        minLength={limits.passwordMin}
        autoComplete="new-password"
      />
      <Field
        name="confirm"
        type="password"
        label="Password, once more"
        error={wrong.confirm}
        required
        autoComplete="new-password"
      />
      <Field
        name="mobile"
        type="tel"
        label="Mobile number"
        hint="With the country code, like +49 170 1234567."
        defaultValue={typed?.mobile}
        error={wrong.mobile}
        maxLength={limits.mobileMax}
        autoComplete="tel"
      />
      <SubmitButton pending={busy} pendingLabel="Making your keys…">
        Join
      </SubmitButton>
    </>
  );
}
