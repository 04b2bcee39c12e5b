import { join as joinAccount } from '#server/accounts/join.ts';
import type { Actor } from '#server/actor.ts';
import { createContext } from '#server/context.ts';
import type { Deps } from '#server/deps.ts';
import { logIn } from '#server/log-in/log-in.ts';

export const password = 'lantern otter waltz';
const device = { userAgent: 'bench' };

/** Somebody who has joined, confirmed everything and is logged in. */
export async function makePerson(deps: Deps, username: string): Promise<{ actor: Actor; token: string }> {
  const email = `${username}@example.test`;
  const joining = await joinAccount(deps, { username, email, password, confirm: password }, device);
  const { userId } = await actorOf(deps, joining.token);
  await deps.stores.users.confirmRecovery(userId, deps.now());
  await deps.stores.users.markEmailVerified(userId, deps.now());
  const session = await logIn(deps, { username, password }, device);
  if (session.outcome !== 'logged-in') throw new Error('no log-in');
  return { actor: await actorOf(deps, session.token), token: session.token };
}

async function actorOf(deps: Deps, token: string): Promise<Actor> {
  const { actor } = await createContext(deps, { token, clientAddress: '', userAgent: '', requestId: '' });
  if (!actor) throw new Error('no session');
  return actor;
}
