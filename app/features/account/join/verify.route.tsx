import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { attempt, privateHeaders } from '#app/http/errors.server.ts';
import { invitedBy } from '#app/http/invitation.server.ts';
import { finishJoining } from '#app/http/session.server.ts';
import { readForm } from '#app/http/uploads.server.ts';
import { ButtonLink, ButtonRow, SubmitButton } from '#app/ui/button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Page } from '#app/ui/page.tsx';
import { JoiningStep } from './joining-step.tsx';

// No `no-referrer` here, despite the token in the address: with it, browsers post the form with
// `Origin: null`, which is refused. The site's `same-origin` policy protects the token as well.
export const meta: MetaFunction = () => [{ title: 'Confirm your address · Project BFF' }];

/** Opening the link changes nothing, because mail programs open links too. The button does. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const api = await context.client();
  const outcome = await attempt(() => api.accounts.checkVerification.query({ token: params.token ?? '' }));
  const inviter = await invitedBy(context);
  if (outcome.ok)
    return data({ linked: outcome.value, problem: null, invitedBy: inviter }, { headers: privateHeaders });
  const { problem, status } = outcome;
  return data(
    { linked: null, problem: problem.message, invitedBy: inviter },
    { status, headers: privateHeaders },
  );
}

/**
 * Confirms the address, and logs in the browser they joined with; with `intent=refuse`, reports that the account is someone else's.
 */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const { accounts } = await context.client();
  const token = params.token ?? '';
  const { fields } = await readForm(request);
  if (fields.intent === 'refuse') {
    const refused = await attempt(() => accounts.refuseAddress.mutate({ token }));
    if (refused.ok) return data({ ...nothing, refused: true }, done);
    const { problem, status } = refused;
    return data({ ...nothing, problem: problem.message }, { status, headers: privateHeaders });
  }
  const outcome = await attempt(() => accounts.verifyEmail.mutate({ token }));
  if (outcome.ok) {
    const onwards = await finishJoining(context, request);
    if (onwards) throw onwards;
    return data({ ...nothing, verified: outcome.value }, done);
  }
  const { problem, status } = outcome;
  return data({ ...nothing, problem: problem.message }, { status, headers: privateHeaders });
}

// Without its own status, the page would take that of its loader, for which the link is spent by
// now.
const done = { status: 200, headers: privateHeaders };
const nothing = { verified: null, refused: false, problem: null };

export default function VerifyAddress() {
  const { linked, problem, invitedBy } = useLoaderData<typeof loader>();
  const outcome = useActionData<typeof action>();
  if (outcome?.verified) return <Confirmed {...outcome.verified} />;
  if (outcome?.refused) {
    return (
      <Page width="form">
        <EmptyState picture="mailbox" title="Thanks for telling us" heading="h1">
          <p>We won’t write to this address about that account again, and its links no longer work.</p>
        </EmptyState>
      </Page>
    );
  }
  if (linked?.confirmed && !outcome) return <Confirmed username={linked.username} already />;
  if (!linked || outcome) {
    return (
      <Page width="form">
        <EmptyState
          picture="mailbox"
          title="This link no longer works"
          heading="h1"
          actions={<ButtonLink to="/login">Log in</ButtonLink>}
        >
          <p>{outcome?.problem ?? problem}</p>
        </EmptyState>
      </Page>
    );
  }
  return <Question {...linked} invitedBy={invitedBy} />;
}

interface QuestionProps {
  username: string;
  email: string;
  invitedBy: string | null;
}

function Question({ username, email, invitedBy }: QuestionProps) {
  const busy = useNavigation().state !== 'idle';
  return (
    <Page width="form">
      <JoiningStep step={4} joining={{ invitedBy }} />
      <EmptyState
        picture="mailbox"
        title="Is this your address?"
        heading="h1"
        actions={
          <Form method="post" reloadDocument>
            <ButtonRow>
              <SubmitButton pending={busy} pendingLabel="One moment…">
                Confirm address
              </SubmitButton>
              <SubmitButton name="intent" value="refuse" kind="quiet">
                This wasn’t me
              </SubmitButton>
            </ButtonRow>
          </Form>
        }
      >
        <p>
          This address was used to create the account <strong>{username}</strong>:{' '}
          <strong className="address">{email}</strong>. If that was you, confirm it.
        </p>
      </EmptyState>
    </Page>
  );
}

function Confirmed({ username, already }: { username: string; already: boolean }) {
  return (
    <Page width="form">
      <EmptyState
        picture="cat"
        title="Your address is confirmed"
        heading="h1"
        actions={
          <ButtonLink to="/login" kind="primary">
            Log in
          </ButtonLink>
        }
      >
        <p>
          {already
            ? `Already done, ${username}. Log in to continue.`
            : `Welcome, ${username}! Go on in the browser you joined with, or log in here.`}
        </p>
      </EmptyState>
    </Page>
  );
}
