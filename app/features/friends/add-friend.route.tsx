import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Form, useLoaderData, useNavigation } from '@remix-run/react';
import { privateHeaders, throwErrorPage } from '#app/http/errors.server.ts';
import { invitationCookie, requireUserApi } from '#app/http/session.server.ts';
import { ButtonLink, SubmitButton } from '#app/ui/button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Page } from '#app/ui/page.tsx';
import { writeName } from '#app/ui/person-name.tsx';
import { normalizeFriendCode } from '#core/id.ts';

export const meta: MetaFunction = () => [{ title: 'Add a friend · Project BFF' }];

/**
 * Shows the owner of a friend code; opening the link sends no request. Visitors who have to join
 * first come back here afterwards.
 */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const api = await requireUserApi(context, request).catch((toLogIn: Response) => {
    const code = normalizeFriendCode(params.code ?? '');
    if (code) toLogIn.headers.append('Set-Cookie', invitationCookie(context, code));
    throw toLogIn;
  });
  const owner = await throwErrorPage(() => api.friends.lookUp.query({ code: params.code ?? '' }));
  const headers = new Headers(privateHeaders);
  if (context.invitation) headers.append('Set-Cookie', invitationCookie(context, null));
  return data({ owner }, { headers });
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const api = await requireUserApi(context, request);
  const { state } = await throwErrorPage(() => api.friends.request.mutate({ code: params.code ?? '' }));
  throw redirect(`/friends?done=${state === 'friends' ? 'accepted' : 'asked'}`);
}

const words = {
  none: {
    title: (name: string) => `Ask ${name} to be your friend?`,
    text: 'They’ll see your name and can accept.',
  },
  asked: { title: (name: string) => `You’ve asked ${name}`, text: 'Waiting for their reply.' },
  'asks-you': {
    title: (name: string) => `${name} wants to be your friend`,
    text: 'Accept, and you can write to each other.',
  },
  friends: { title: (name: string) => `${name} is your friend`, text: 'Say hello.' },
  blocked: {
    title: (name: string) => `You’ve blocked ${name}`,
    text: 'Unblock them on your Friends page first.',
  },
  yourself: {
    title: () => 'That’s your own code',
    text: 'Send it to a friend, or enter theirs on your Friends page.',
  },
} as const;

export default function AddFriend() {
  const { owner } = useLoaderData<typeof loader>();
  const busy = useNavigation().state !== 'idle';
  const { title, text } = words[owner.state];
  const canAsk = owner.state === 'none' || owner.state === 'asks-you';
  const canDo = canAsk || owner.state === 'friends';
  return (
    <Page width="form">
      <EmptyState
        picture={owner.state === 'friends' ? 'cat' : 'friends'}
        title={title(writeName(owner))}
        heading="h1"
        actions={
          <>
            {canAsk ? (
              <Form method="post">
                <SubmitButton pending={busy} pendingLabel="One moment…">
                  {owner.state === 'none' ? 'Send request' : 'Accept'}
                </SubmitButton>
              </Form>
            ) : null}
            {owner.state === 'friends' ? (
              <ButtonLink to={`/write?to=${owner.username}`}>Write</ButtonLink>
            ) : null}
            <ButtonLink to="/friends" kind={canDo ? 'quiet' : 'secondary'}>
              Friends
            </ButtonLink>
          </>
        }
      >
        <p>{text}</p>
      </EmptyState>
    </Page>
  );
}
