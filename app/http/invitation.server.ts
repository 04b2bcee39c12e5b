import { normalizeFriendCode } from '#core/id.ts';
import type { LoadContext } from './api.server.ts';
import { attempt } from './errors.server.ts';

/**
 * Returns the display name of the person whose invitation a visitor has opened; null where there
 * is none, or where it has ended.
 */
export async function invitedBy(context: LoadContext): Promise<string | null> {
  const code = normalizeFriendCode(context.invitation ?? '');
  if (!code) return null;
  const { friends } = await context.client();
  const outcome = await attempt(() => friends.invitation.query({ code }));
  return outcome.ok ? outcome.value.displayName : null;
}
