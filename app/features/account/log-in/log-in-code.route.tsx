import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import type { LoadContext } from '#app/http/api.server.ts';
import { attempt, formProblem, privateHeaders } from '#app/http/errors.server.ts';
import { challengeCookie, safeNext, sessionHeaders } from '#app/http/session.server.ts';
import { readForm } from '#app/http/uploads.server.ts';
import { CodeField } from '#app/modes/unlock/code-field.tsx';
import { NoCodeLeft } from '#app/modes/unlock/no-code-left.tsx';
import { PasskeyLogIn } from '#app/modes/unlock/passkey-log-in.tsx';
import { wayOn } from '#app/modes/unlock/way-on.ts';
import { SubmitButton } from '#app/ui/button.tsx';
import { FormProblem } from '#app/ui/form-problem.tsx';
import { Page } from '#app/ui/page.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';

export const meta: MetaFunction = () => [{ title: 'Your code · Project BFF' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const next = new URL(request.url).searchParams.get('next');
  const { challenge } = context;
  if (!challenge) throw logInAgain(context, next);
  const api = await context.api();
  const outcome = await attempt(() => api.secondFactor.wanted({ challenge }));
  if (!outcome.ok) {
    if (isOver(outcome)) throw logInAgain(context, next);
    throw data(outcome.problem.message, { status: outcome.status, headers: privateHeaders });
  }
  // The keys of a sealed log-in waited in the page that asked for its code, and are gone with it.
  if (outcome.value.mode === 'sealed') throw logInAgain(context, next);
  const { username, app, codes, passkeys } = outcome.value;
  return data(
    { username, app, codes, passkeys, next: next ? safeNext(next) : null },
    { headers: privateHeaders },
  );
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { fields, problem } = await readForm(request);
  if (problem) return data({ problem: formProblem(problem) }, { status: 400, headers: privateHeaders });
  const { code = '', next } = fields;
  const api = await context.api();
  const outcome = await attempt(() =>
    api.secondFactor.giveCode({ challenge: context.challenge ?? '', code }),
  );
  if (!outcome.ok) {
    if (isOver(outcome)) throw logInAgain(context, next);
    return data({ problem: outcome.problem }, { status: outcome.status, headers: privateHeaders });
  }
  const { value } = outcome;
  const headers = sessionHeaders(context, value);
  headers.append('Set-Cookie', challengeCookie(context, null));
  throw redirect(wayOn(value.outcome, safeNext(next)), { headers });
}

type Refusal = Extract<Awaited<ReturnType<typeof attempt>>, { ok: false }>;

function isOver({ code, problem }: Refusal): boolean {
  return code === 'unauthenticated' || 'challenge' in problem.fields;
}

function logInAgain(context: LoadContext, next: string | null | undefined): Response {
  const params = new URLSearchParams({
    ...(context.challenge && { after: 'over' }),
    ...(next && { next: safeNext(next) }),
  });
  const to = params.size > 0 ? `/login?${params}` : '/login';
  return redirect(to, context.challenge ? { headers: { 'Set-Cookie': challengeCookie(context, null) } } : {});
}

export default function LogInCode() {
  const { username, app, codes, passkeys, next } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const busy = useNavigation().state !== 'idle';
  return (
    <Page width="form">
      <PageHeading title="One more thing">
        <p>
          The password is right, <strong>{username}</strong>. Your account asks for a second proof that it is
          you.
        </p>
      </PageHeading>
      <FormProblem problem={refused?.problem} />
      {passkeys ? (
        <PasskeyLogIn finish={async ({ outcome }) => location.assign(wayOn(outcome, next ?? '/inbox'))} />
      ) : null}
      {app || codes ? (
        <Form method="post" className="form" noValidate>
          {next ? <input type="hidden" name="next" value={next} /> : null}
          <CodeField error={refused?.problem.fields.code} app={app} />
          <SubmitButton pending={busy} pendingLabel="Opening your letters…">
            Go on
          </SubmitButton>
        </Form>
      ) : (
        <NoCodeLeft />
      )}
      <p className="form-aside">
        <Link to="/login">Begin again</Link>
      </p>
    </Page>
  );
}
