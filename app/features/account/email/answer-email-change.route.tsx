import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { attempt, privateHeaders } from '#app/http/errors.server.ts';
import { readForm } from '#app/http/uploads.server.ts';
import { ButtonLink, ButtonRow, SubmitButton } from '#app/ui/button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Page } from '#app/ui/page.tsx';

export const meta: MetaFunction = () => [{ title: 'Another e-mail address · Project BFF' }];

const ends = {
  changed: {
    title: 'The address is changed',
    text: 'Both of your addresses have agreed. From now on we write to the new one.',
  },
  agreed: {
    title: 'Noted',
    text: 'Now the other address has to agree: use the link in the mail we sent there.',
  },
  cancelled: {
    title: 'Nothing is changed',
    text: 'It is called off, and the links in both mails are dead. If you did not ask for it, change your password.',
  },
  refused: { title: 'This did not work', text: '' },
};

/** Opening the link changes nothing: mail programs open links too. The buttons do. */
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
  // Without a status of its own the page has that of its loader, for whom the link is used up by now.
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
    title: 'This link does not work any more',
    text: 'It was used already, is too old, or the change was called off.',
  };
  const end = answered ? ends[answered.done] : change ? null : spent;
  if (end || !change) {
    return (
      <Page width="form">
        <EmptyState
          picture="mailbox"
          title={end?.title ?? ''}
          heading="h1"
          actions={<ButtonLink to="/settings/email">To the settings</ButtonLink>}
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
        title={side === 'new' ? 'Is this your address?' : 'May your address be changed?'}
        heading="h1"
        actions={
          <Form method="post">
            <ButtonRow>
              <SubmitButton name="intent" value="yes" pending={busy} pendingLabel="One moment…">
                {side === 'new' ? 'Yes, it is mine' : 'Yes, change it'}
              </SubmitButton>
              <SubmitButton name="intent" value="no" kind="secondary" pending={busy}>
                No, call it off
              </SubmitButton>
            </ButtonRow>
          </Form>
        }
      >
        <p>
          {side === 'new' ? (
            <>
              The account <strong>{username}</strong> is to use <strong>{email}</strong> from now on.
            </>
          ) : (
            <>
              Your account <strong>{username}</strong> is to use <strong>{email}</strong> instead of the
              address you read this at.
            </>
          )}
        </p>
      </EmptyState>
    </Page>
  );
}
