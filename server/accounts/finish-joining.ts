import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import type { StartedSession } from './start-session.ts';

type Joined = { loggedIn: false } | ({ loggedIn: true } & StartedSession);

/**
 * Logs in a new user on the device they have joined on, once their words and address are
 * confirmed: their password began this session, which has their keys. A session that only waits
 * for the address has none, and can't become one that opens letters.
 *
 * @returns whether the user is logged in now, with the session that replaces this one
 */
export async function finishJoining(deps: Deps, actor: Actor): Promise<Joined> {
  if (actor.stage !== 'joining') return { loggedIn: false };
  const user = await deps.stores.users.findById(actor.userId);
  if (!user?.emailVerifiedAt || !user.recoveryConfirmedAt) return { loggedIn: false };
  return { loggedIn: true, ...(await actor.renewSession()) };
}
