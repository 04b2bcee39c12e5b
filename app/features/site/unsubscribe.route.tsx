import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data } from '@remix-run/node';
import { Form, useActionData, useNavigation } from '@remix-run/react';
import { privateHeaders, throwNotFound } from '#app/http/errors.server.ts';
import { ButtonLink, SubmitButton } from '#app/ui/button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Page } from '#app/ui/page.tsx';

export const meta: MetaFunction = () => [{ title: 'Unsubscribe · Project BFF' }];

/** Opening the link changes nothing, because mail programs open links too. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const api = await context.client();
  await throwNotFound(() => api.notifications.checkUnsubscribe.query({ token: params.token ?? '' }));
  return data(null, { headers: privateHeaders });
}

/**
 * Also handles one-click unsubscribe in mail programs (RFC 8058), which needs no cookie, no form of
 * ours and no redirect.
 */
export async function action({ params, context }: ActionFunctionArgs) {
  const api = await context.client();
  await throwNotFound(() => api.notifications.unsubscribe.mutate({ token: params.token ?? '' }));
  return data({ done: true }, { headers: privateHeaders });
}

export default function Unsubscribe() {
  const done = useActionData<typeof action>()?.done ?? false;
  const busy = useNavigation().state !== 'idle';
  return (
    <Page width="form">
      <EmptyState
        picture="mailbox"
        title={done ? 'You’re unsubscribed' : 'Unsubscribe from emails about letters?'}
        heading="h1"
        actions={
          done ? (
            <ButtonLink to="/settings/notifications">Settings</ButtonLink>
          ) : (
            <Form method="post">
              <SubmitButton pending={busy} pendingLabel="One moment…">
                Unsubscribe
              </SubmitButton>
            </Form>
          )
        }
      >
        <p>
          {done
            ? 'Letters will still arrive in your inbox. To get emails again, or one a day, go to Settings.'
            : 'Letters will still arrive in your inbox, but we won’t email you about them.'}
        </p>
      </EmptyState>
    </Page>
  );
}
