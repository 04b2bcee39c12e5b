import type { AppClient, LoadContext } from '#app/http/api.server.ts';
import { invitedBy } from '#app/http/invitation.server.ts';
import type { Joining } from './joining-step.tsx';

/** Returns what pages show of the way in; null for someone whose account is an older one. */
export async function findJoining(context: LoadContext, api: AppClient): Promise<Joining | null> {
  const me = await api.accounts.me.query();
  if (me && (me.stage === 'full' || (await api.accounts.address.query()).confirmed)) return null;
  return { invitedBy: await invitedBy(context) };
}
