import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useNavigation } from '@remix-run/react';
import { limits } from '#core/schemas/limits.ts';
import {
  Field,
  FormProblem,
  PageHeading,
  SealedForm,
  SealedOrPlain,
  SubmitButton,
} from '../components/index.ts';
import { attempt, formProblem } from '../errors.server.ts';
import { Page } from '../person-page.tsx';
import { useSealing } from '../sealed/use-sealing.ts';
import { homeOf, sessionHeaders } from '../session.server.ts';
import { readForm } from '../uploads.server.ts';

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
  const busy = useNavigation().state !== 'idle';
  return (
    <>
      <FormProblem problem={refused?.problem} />
      <Form method="post" className="form" noValidate>
        <JoinFields typed={refused?.typed} wrong={refused?.problem.fields ?? {}} busy={busy} />
      </Form>
    </>
  );
}

/** The password stays here, and so do the keys and the words that are made (app/sealed/join.ts). */
function SealedJoin() {
  const { busy, problem, onSeal } = useSealing(async (fields) => {
    const { join } = await import('../sealed/join.ts');
    await join(Object.fromEntries(fields));
    // A page of its own: nothing of this one stays in memory.
    location.assign('/join/words');
    return 'leaving';
  });
  return (
    <>
      <FormProblem problem={problem} />
      <SealedForm className="form" onSeal={onSeal} deriving={busy}>
        <JoinFields wrong={problem?.fields ?? {}} busy={busy} />
      </SealedForm>
    </>
  );
}

function JoinFields({
  typed,
  wrong,
  busy,
}: {
  typed?: { username: string; email: string; mobile: string } | undefined;
  wrong: Record<string, string>;
  busy: boolean;
}) {
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
