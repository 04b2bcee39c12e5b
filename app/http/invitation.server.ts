import { isInvitationToken } from '#core/friends/invitation-link.ts';
import { normalizeFriendCode } from '#core/id.ts';
import type { LoadContext } from './api.server.ts';
import { attempt } from './errors.server.ts';

/**
 * Returns the display name of the person whose invitation a visitor has opened; null where there
 * is none, or where it has ended.
 */
export async function invitedBy(context: LoadContext): Promise<string | null> {
  const opened = context.invitation ?? '';
  const { friends, invitations } = await context.client();
  const code = normalizeFriendCode(opened);
  if (!code && !isInvitationToken(opened)) return null;
  const outcome = await attempt(() =>
    code ? friends.invitation.query({ code }) : invitations.read.query({ token: opened }),
  );
  return outcome.ok ? outcome.value.displayName : null;
}
