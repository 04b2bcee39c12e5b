import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData, useNavigation, useSearchParams } from '@remix-run/react';
import { limits } from '#core/schemas/limits.ts';
import { ErrorSummary, Field, LetterDate, Notice, PageHeading, SubmitButton } from '../components/index.ts';
import { attempt, formProblem, orErrorPage, privateHeaders } from '../errors.server.ts';
import { Page } from '../person-page.tsx';
import { requirePerson } from '../session.server.ts';
import { readForm } from '../uploads.server.ts';
import { useTimeZone } from '../use-time-zone.ts';

export const meta: MetaFunction = () => [{ title: 'E-mail address · Project BFF' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const api = await requirePerson(context, request);
  const state = await orErrorPage(() => api.emailChange.state());
  return data(state, { headers: privateHeaders });
}

export async function action({ request, context }: ActionFunctionArgs) {
  const api = await requirePerson(context, request);
  const { fields, problem } = await readForm(request);
  const { email = '', current = '', intent } = fields;
  const refuse = (refusal: ReturnType<typeof formProblem>, status: number) =>
    data({ problem: refusal, email }, { status, headers: privateHeaders });
  if (problem) return refuse(formProblem(problem), 400);
  if (intent === 'cancel') {
    await api.emailChange.cancel();
    throw redirect('/settings/email?done=cancelled');
  }
  const outcome = await attempt(() => api.emailChange.request({ email, proof: { password: current } }));
  if (!outcome.ok) return refuse(outcome.problem, outcome.status);
  throw redirect('/settings/email?done=asked');
}

const said: Record<string, string> = {
  asked: 'Two mails are on their way: one to each address.',
  cancelled: 'Called off. Your address stays as it is, and the links in the mails are dead.',
};

export default function EmailSettings() {
  const { email, waiting } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const busy = useNavigation().state !== 'idle';
  const timeZone = useTimeZone();
  const message = said[useSearchParams()[0].get('done') ?? ''];
  const { proof, ...others } = refused?.problem.fields ?? {};
  const wrong = proof ? { current: proof, ...others } : others;
  return (
    <Page width="form">
      <PageHeading title="E-mail address">
        <p>
          You use <strong>{email}</strong>.
        </p>
      </PageHeading>
      {message && !refused ? <Notice kind="success">{message}</Notice> : null}
      <ErrorSummary fields={wrong} />
      {refused && Object.keys(wrong).length === 0 ? (
        <Notice kind="error">{refused.problem.message}</Notice>
      ) : null}
      {waiting ? (
        <section aria-labelledby="waiting-heading" className="panel">
          <h2 id="waiting-heading">Waiting for both addresses</h2>
          <ul className="steps">
            <li>
              <strong>{waiting.email}</strong>, the new one:{' '}
              {waiting.newAgreed ? 'confirmed' : 'not confirmed yet'}
            </li>
            <li>
              <strong>{email}</strong>, yours until now: {waiting.oldAgreed ? 'agreed' : 'not agreed yet'}
            </li>
          </ul>
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
      <Form method="post" className="form panel" noValidate>
        <h2>{waiting ? 'Or another one' : 'Another address'}</h2>
        <Field
          name="email"
          type="email"
          label="Your new address"
          hint="We write to both addresses. Only when you have used the links in both mails does it change."
          defaultValue={refused?.email}
          error={wrong.email}
          maxLength={limits.emailMax}
          required
          autoComplete="email"
        />
        <Field
          name="current"
          type="password"
          label="Your password"
          error={wrong.current}
          required
          autoComplete="current-password"
        />
        <SubmitButton pending={busy} pendingLabel="One moment…">
          Ask both addresses
        </SubmitButton>
      </Form>
      <p className="form-aside">
        <Link to="/settings">Back to the settings</Link>
      </p>
    </Page>
  );
}
