import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import type { LoadContext } from '#app/http/api.server.ts';
import { appErrorOf, attempt, privateHeaders } from '#app/http/errors.server.ts';
import { challengeCookie, safeNext, sessionHeaders } from '#app/http/session.server.ts';
import { waitsInBrowser } from '#app/modes/sealed-session.server.ts';
import { visitorAction } from '#app/modes/task-form.server.ts';
import { CodeStep } from '#app/modes/unlock/code-step.tsx';
import { redirectAfterLogIn } from '#app/modes/unlock/redirect-after-log-in.ts';
import { Page } from '#app/ui/page.tsx';
import { HiddenField } from '#app/ui/sealed-fields.tsx';
import type { ErrorDetails } from '#core/refusal.ts';

export const meta: MetaFunction = () => [{ title: 'Two-step login · Project BFF' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const next = new URL(request.url).searchParams.get('next');
  const { challenge } = context;
  if (!challenge) throw logInAgain(context, next);
  const api = await context.client();
  const outcome = await attempt(() => api.secondFactor.wanted.query({ challenge }));
  if (!outcome.ok) {
    if (isOver({ code: outcome.code, ...outcome.problem })) throw logInAgain(context, next);
    throw data(outcome.problem.message, { status: outcome.status, headers: privateHeaders });
  }
  // The keys of a sealed login were in the page that asked for its code, and are gone with it.
  if (waitsInBrowser(outcome.value)) throw logInAgain(context, next);
  const { username, app, codes, passkeys } = outcome.value;
  return data(
    { username, app, codes, passkeys, next: next ? safeNext(next) : null },
    { headers: privateHeaders },
  );
}

export const action = visitorAction([], async ({ api, context, fields: { code = '', next } }) => {
  const challenge = context.challenge ?? '';
  const session = await api.secondFactor.giveCode.mutate({ challenge, code }).catch((error) => {
    const refused = appErrorOf(error);
    throw refused && isOver(refused) ? logInAgain(context, next) : error;
  });
  const headers = sessionHeaders(context, session);
  headers.append('Set-Cookie', challengeCookie(context, null));
  return redirect(redirectAfterLogIn(session.outcome, safeNext(next)), { headers });
});

function isOver({ code, fields = {} }: Pick<ErrorDetails, 'code' | 'fields'>): boolean {
  return code === 'unauthenticated' || 'challenge' in fields;
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
  const { username, next, ...wanted } = useLoaderData<typeof loader>();
  return (
    <Page width="form">
      <CodeStep
        kind="plain"
        username={username}
        wanted={wanted}
        finish={async ({ outcome }) => ({ load: redirectAfterLogIn(outcome, next ?? '/inbox') })}
        again={<Link to="/login">Start again</Link>}
      >
        {next ? <HiddenField name="next" value={next} /> : null}
      </CodeStep>
    </Page>
  );
}
