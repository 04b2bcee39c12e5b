import { join as joinAccount } from '#server/accounts/join.ts';
import type { Actor } from '#server/actor.ts';
import { createContext } from '#server/context.ts';
import type { Deps } from '#server/deps.ts';
import { logIn } from '#server/log-in/log-in.ts';
import { type InClear, inClear } from '#tests/support/in-clear.ts';

export const password = 'lantern otter waltz';
const device = { userAgent: 'bench' };

/** Somebody who has joined, confirmed everything and is logged in. */
export async function makePerson(
  deps: Deps,
  username: string,
): Promise<{ actor: Actor; token: string; inClear: InClear }> {
  const email = `${username}@example.test`;
  const joining = await joinAccount(deps, { username, email, password, confirm: password }, device);
  const { userId } = (await contextOf(deps, joining.token)).actor;
  await deps.stores.users.confirmRecovery(userId, deps.now());
  await deps.stores.users.markEmailVerified(userId, deps.now());
  const session = await logIn(deps, { username, password }, device);
  if (session.outcome !== 'logged-in') throw new Error('no log-in');
  const context = await contextOf(deps, session.token);
  return { actor: context.actor, token: session.token, inClear: inClear(context) };
}

async function contextOf(deps: Deps, token: string) {
  const context = await createContext(deps, { token, clientAddress: '', userAgent: '', requestId: '' });
  const { actor } = context;
  if (!actor) throw new Error('no session');
  return { ...context, actor };
}
