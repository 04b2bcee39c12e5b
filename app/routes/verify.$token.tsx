import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { Form, useActionData, useNavigation } from '@remix-run/react';
import { ButtonLink, EmptyState, SubmitButton } from '../components/index.ts';
import { attempt } from '../errors.server.ts';
import { Page } from '../person-page.tsx';

// No `no-referrer` here, whatever the address holds: it makes a browser post the form with `Origin: null`, which is
// refused. The site's `same-origin` policy tells the token to nobody else either.
export const meta: MetaFunction = () => [{ title: 'Confirm your address · Project BFF' }];

/** Opening the link changes nothing: mail programs open links too. The button does. */
export function loader(_: LoaderFunctionArgs) {
  return null;
}

export async function action({ params, context }: ActionFunctionArgs) {
  const api = await context.api();
  const outcome = await attempt(() => api.accounts.verifyEmail({ token: params.token ?? '' }));
  if (outcome.ok) return { verified: outcome.value.username, problem: null };
  return data({ verified: null, problem: outcome.problem.message }, { status: outcome.status });
}

export default function VerifyAddress() {
  const outcome = useActionData<typeof action>();
  const busy = useNavigation().state !== 'idle';
  if (outcome?.verified) {
    return (
      <Page width="form">
        <EmptyState
          picture="cat"
          title="Your address is confirmed"
          heading="h1"
          actions={<ButtonLink to="/login">Log in</ButtonLink>}
        >
          <p>Welcome, {outcome.verified}. Log in and send your friend your code.</p>
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page width="form">
      <EmptyState
        picture="mailbox"
        title={outcome ? 'This link does not work any more' : 'Is this your address?'}
        heading="h1"
        actions={
          outcome ? (
            <ButtonLink to="/login">Log in</ButtonLink>
          ) : (
            <Form method="post">
              <SubmitButton pending={busy} pendingLabel="One moment…">
                Yes, confirm it
              </SubmitButton>
            </Form>
          )
        }
      >
        <p>{outcome?.problem ?? 'One press, and your account is ready.'}</p>
      </EmptyState>
    </Page>
  );
}
