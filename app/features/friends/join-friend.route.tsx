import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useLoaderData, useSearchParams } from '@remix-run/react';
import { useEffect, useState } from 'react';
import { keepInvitedKey } from '#app/browser/invited-key.ts';
import { attempt, errorPage, privateHeaders, statusOf } from '#app/http/errors.server.ts';
import { invitationCookie } from '#app/http/session.server.ts';
import { requireAccess } from '#app/modes/server-access.server.ts';
import { userAction } from '#app/modes/task-form.server.ts';
import { acceptInvitation } from '#core/friends/accept-invitation.ts';
import { invitationPath, isCutOffToken, isInvitationToken } from '#core/friends/invitation-link.ts';
import { AcceptInvitation } from './accept-invitation.tsx';
import { BrokenInvitation } from './broken-invitation.tsx';
import { describeInvitation } from './describe-invitation.ts';
import { InvitationLetter } from './invitation-letter.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => describeInvitation(data?.appUrl);

/**
 * Shows who has made a one-time invitation; only a press of a button accepts it, since previews
 * open links too. A visitor sees a letter, and comes back here once they have joined.
 */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const { appUrl } = context;
  const { token = '' } = params;
  const api = await context.client();
  const me = await api.accounts.me.query();
  const broken = (why: 'cut-off' | 'ended' | 'used') => {
    const status = statusOf(why === 'used' ? 'conflict' : 'not-found');
    return data({ kind: 'broken' as const, why, visitor: !me, appUrl }, { status, headers: privateHeaders });
  };
  if (!isInvitationToken(token)) return broken(isCutOffToken(token) ? 'cut-off' : 'ended');
  const headers = new Headers(privateHeaders);
  const isVisitor = me?.stage !== 'full';
  if (isVisitor || context.invitation)
    headers.append('Set-Cookie', invitationCookie(context, isVisitor ? token : null));
  if (isVisitor && me) throw redirect('/join/words', { headers });
  const outcome = await attempt(async () => {
    if (isVisitor) {
      const { displayName } = await api.invitations.read.query({ token });
      return { kind: 'letter' as const, from: displayName, at: new Date() };
    }
    const { username, displayName, state } = await api.invitations.open.query({ token });
    return { kind: 'inviter' as const, inviter: { username, displayName }, state };
  });
  if (outcome.ok) return data({ ...outcome.value, token, appUrl }, { headers });
  if (outcome.code === 'not-found') return broken('ended');
  if (outcome.code === 'conflict') return broken('used');
  throw errorPage(outcome.status, outcome.problem.message);
}

/** Accepts where the server holds the user's keys. It never sees the fragment. */
export const action = userAction([], async ({ params, context }) => {
  const { token = '' } = params;
  await acceptInvitation(await requireAccess(context), { token, fingerprint: null });
  return redirect(`${invitationPath(token)}?key=unchecked`);
});

export default function JoinFriend() {
  const loaded = useLoaderData<typeof loader>();
  const key = useSearchParams()[0].get('key');
  const token = loaded.kind === 'broken' ? null : loaded.token;
  const [fingerprint, setFingerprint] = useState<string | null>(null);
  useEffect(() => {
    if (token) setFingerprint(keepInvitedKey(token));
  }, [token]);
  if (loaded.kind === 'broken') return <BrokenInvitation {...loaded} />;
  if (fingerprint === 'cut-off') return <BrokenInvitation why="cut-off" visitor={loaded.kind === 'letter'} />;
  if (loaded.kind === 'letter') return <InvitationLetter {...loaded} seed={loaded.token} />;
  return <AcceptInvitation {...loaded} fingerprint={fingerprint} unchecked={key === 'unchecked'} />;
}
