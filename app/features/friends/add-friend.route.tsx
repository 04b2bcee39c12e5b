import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Form, useLoaderData, useNavigation } from '@remix-run/react';
import { attempt, errorPage, privateHeaders, statusOf, throwErrorPage } from '#app/http/errors.server.ts';
import { invitationCookie, requireUserApi } from '#app/http/session.server.ts';
import { ButtonLink, SubmitButton } from '#app/ui/button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Page } from '#app/ui/page.tsx';
import { writeName } from '#app/ui/person-name.tsx';
import { formatFriendCode, isCutOffCode, normalizeFriendCode } from '#core/id.ts';
import { BrokenInvitation } from './broken-invitation.tsx';
import { describeInvitation } from './describe-invitation.ts';
import { InvitationLetter } from './invitation-letter.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => describeInvitation(data?.appUrl);

/**
 * Shows the owner of a friend code; opening the link sends no request. A visitor sees an
 * invitation with the owner's display name, and comes back here once they have joined.
 */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const { appUrl } = context;
  const api = await context.client();
  const me = await api.accounts.me.query();
  const code = normalizeFriendCode(params.code ?? '');
  const headers = new Headers(privateHeaders);
  if (code && me?.stage !== 'full') {
    headers.append('Set-Cookie', invitationCookie(context, code));
    if (me) throw redirect('/join/words', { headers });
    const invitation = await found(() => api.friends.invitation.query({ code }));
    const letter = {
      kind: 'letter' as const,
      from: invitation?.displayName ?? '',
      seed: code,
      at: new Date(),
    };
    if (invitation) return data({ ...letter, appUrl }, { headers });
  } else if (code) {
    if (context.invitation) headers.append('Set-Cookie', invitationCookie(context, null));
    const owner = await found(() => api.friends.lookUp.query({ code }));
    if (owner) return data({ kind: 'owner' as const, owner, appUrl }, { headers });
  }
  const why = isCutOffCode(params.code ?? '') ? ('cut-off' as const) : ('unknown' as const);
  const notFound = { status: statusOf('not-found'), headers: privateHeaders };
  return data({ kind: 'broken' as const, why, visitor: !me, appUrl }, notFound);
}

/** Null for a code that is nobody's; other refusals go to the error page. */
async function found<Result>(ask: () => Promise<Result>): Promise<Result | null> {
  const outcome = await attempt(ask);
  if (outcome.ok) return outcome.value;
  if (outcome.code === 'not-found') return null;
  throw errorPage(outcome.status, outcome.problem.message);
}

/** Asks or accepts. Two who are friends now see it here, and can write. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const api = await requireUserApi(context, request);
  const code = params.code ?? '';
  const { state } = await throwErrorPage(() => api.friends.request.mutate({ code }));
  const normal = formatFriendCode(normalizeFriendCode(code) ?? '');
  throw redirect(state === 'friends' ? `/friends/add/${normal}` : '/friends?done=asked');
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
  friends: { title: (name: string) => `${name} is your friend`, text: 'You can write to each other now.' },
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
  const loaded = useLoaderData<typeof loader>();
  const busy = useNavigation().state !== 'idle';
  if (loaded.kind === 'letter') return <InvitationLetter {...loaded} />;
  if (loaded.kind === 'broken') return <BrokenInvitation {...loaded} />;
  const { owner } = loaded;
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
              <ButtonLink to={`/write?to=${owner.username}`} kind="primary">
                Say hello
              </ButtonLink>
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
