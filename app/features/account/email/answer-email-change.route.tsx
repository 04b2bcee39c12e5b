import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { attempt, privateHeaders } from '#app/http/errors.server.ts';
import { readForm } from '#app/http/uploads.server.ts';
import { ButtonLink, ButtonRow, SubmitButton } from '#app/ui/button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Page } from '#app/ui/page.tsx';

export const meta: MetaFunction = () => [{ title: 'Change your email · Project BFF' }];

const ends = {
  changed: {
    title: 'Your email has been changed',
    text: 'Both addresses are confirmed. From now on we’ll write to the new one.',
  },
  agreed: {
    title: 'One more to go',
    text: 'Now approve it from the other address, too: we’ve sent a link there.',
  },
  cancelled: {
    title: 'Nothing has changed',
    text: 'The change is cancelled, and the links in both emails no longer work. If you didn’t ask for it, change your password.',
  },
  refused: { title: 'That didn’t work', text: '' },
};

/** Opening the link changes nothing, because mail programs open links too. The buttons do. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const api = await context.client();
  const outcome = await attempt(() => api.emailChange.check.query({ token: params.token ?? '' }));
  return data(outcome.ok ? outcome.value : null, {
    status: outcome.ok ? 200 : outcome.status,
    headers: privateHeaders,
  });
}

type Answer = { done: keyof typeof ends; problem: string | null };

export async function action({ request, params, context }: ActionFunctionArgs) {
  const api = await context.client();
  const { fields } = await readForm(request);
  const link = { token: params.token ?? '' };
  const outcome = await attempt(async (): Promise<keyof typeof ends> => {
    if (fields.intent !== 'no')
      return (await api.emailChange.agree.mutate(link)).changed ? 'changed' : 'agreed';
    await api.emailChange.refuse.mutate(link);
    return 'cancelled';
  });
  // Without its own status, the page would take that of its loader, for which the link is spent by
  // now.
  if (outcome.ok)
    return data<Answer>({ done: outcome.value, problem: null }, { status: 200, headers: privateHeaders });
  return data<Answer>(
    { done: 'refused', problem: outcome.problem.message },
    { status: outcome.status, headers: privateHeaders },
  );
}

export default function AnswerEmailChange() {
  const change = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const busy = useNavigation().state !== 'idle';
  const spent = {
    title: 'This link no longer works',
    text: 'It has been used, it has expired, or the change was cancelled.',
  };
  const end = answered ? ends[answered.done] : change ? null : spent;
  if (end || !change) {
    return (
      <Page width="form">
        <EmptyState
          picture="mailbox"
          title={end?.title ?? ''}
          heading="h1"
          actions={<ButtonLink to="/settings/email">Settings</ButtonLink>}
        >
          <p>{answered?.problem ?? end?.text}</p>
        </EmptyState>
      </Page>
    );
  }
  const { username, side, email } = change;
  return (
    <Page width="form">
      <EmptyState
        picture="mailbox"
        title={side === 'new' ? 'Is this your address?' : 'Approve your new email address?'}
        heading="h1"
        actions={
          <Form method="post">
            <ButtonRow>
              <SubmitButton name="intent" value="yes" pending={busy} pendingLabel="One moment…">
                {side === 'new' ? 'Yes, it’s mine' : 'Approve'}
              </SubmitButton>
              <SubmitButton name="intent" value="no" kind="secondary" pending={busy}>
                Cancel the change
              </SubmitButton>
            </ButtonRow>
          </Form>
        }
      >
        <p>
          {side === 'new' ? (
            <>
              The account <strong>{username}</strong> wants to use <strong>{email}</strong> from now on.
            </>
          ) : (
            <>
              Your account <strong>{username}</strong> wants to use <strong>{email}</strong> instead of this
              address.
            </>
          )}
        </p>
      </EmptyState>
    </Page>
  );
}
