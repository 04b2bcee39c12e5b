import { withSecret } from '#core/with-secret.ts';
import { checkPassword } from '../accounts/check-password.ts';
import type { Deps } from '../deps.ts';
import { isLocalOnly } from '../env.ts';
import { describeError } from '../log.ts';

/** Public, and forbidden for other accounts. */
export const demoPassword = 'test1234';
export const demoNames = ['alpha', 'beta'] as const;

/**
 * Creates the demo users alpha and beta, for trying things out on this machine. Creates them only
 * once, in an empty database of an installation that no other machine can reach; the database
 * records it, so they never come back, and no real account is taken for one. Locks them once other
 * machines can reach the installation, because the README has their password. Logs failures: they
 * must not stop the server from starting.
 *
 * @param make creates the two, or continues where an earlier start was cut short
 */
export async function keepDemoFriends(deps: Deps, make: (deps: Deps) => Promise<void>): Promise<void> {
  try {
    const ids = await demoFriends(deps, make);
    await lockOrOpen(deps, ids);
  } catch (error) {
    deps.log.error('demo friends not looked after', describeError(error));
  }
}

/** Returns the ids of the demo users, after creating them if allowed. */
async function demoFriends(deps: Deps, make: (deps: Deps) => Promise<void>): Promise<string[]> {
  const { installation, users, formerNames } = deps.stores;
  const { demo = null, demoUserIds = [] } = (await installation.find()) ?? {};
  const mayMake = deps.env.SEED_DEMO && isLocalOnly(deps.env);
  if (demo === 'made' || demo === 'none') return demoUserIds;
  if (demo === null) {
    if (!((await users.isEmpty()) && (await formerNames.isEmpty()))) return decide(deps);
    if (!mayMake) return [];
    await installation.setDemo('making', []);
  }
  // The server does not listen before this is decided, so an account with a demo name was made
  // here.
  try {
    if (mayMake) await make(deps);
  } catch (error) {
    deps.log.error('demo friends not made', describeError(error));
  }
  return decide(deps);
}

/**
 * Records for good which accounts are demo users: those with the password that no other account can
 * have.
 */
async function decide(deps: Deps): Promise<string[]> {
  const ids: string[] = [];
  if (!deps.env.DATABASE_URL) {
    for (const name of demoNames) {
      const user = await deps.stores.users.findByUsername(name);
      const masterKey = user && (await checkPassword(deps, name, user, demoPassword));
      if (user && masterKey) ids.push(await withSecret(masterKey, () => user.id));
    }
  }
  await deps.stores.installation.setDemo(ids.length > 0 ? 'made' : 'none', ids);
  return ids;
}

async function lockOrOpen(deps: Deps, ids: string[]): Promise<void> {
  const { users, sessions } = deps.stores;
  const friends = await users.findManyByIds(ids);
  const isOpened = !isLocalOnly(deps.env);
  for (const { id, lockedAt } of friends) {
    if (isOpened === (lockedAt !== null)) continue;
    await users.setLocked(id, isOpened ? deps.now() : null);
    if (isOpened) await sessions.deleteByUser(id);
  }
  if (!isOpened || friends.length === 0) return;
  const names = friends
    .map(({ username }) => username)
    .sort()
    .join(' and ');
  const hint = `Other machines can reach this installation, so login as ${names} is locked: the demo password is public.`;
  deps.log.error('demo friends locked', { hint });
}
