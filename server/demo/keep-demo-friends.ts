import { withSecret } from '#core/with-secret.ts';
import { checkPassword } from '../accounts/check-password.ts';
import type { Deps } from '../deps.ts';
import { isLocalOnly } from '../env.ts';
import { describeError } from '../log.ts';

/** Everybody knows it, and nobody else may choose it. */
export const demoPassword = 'test1234';
export const demoNames = ['alpha', 'beta'] as const;

/**
 * Demo friends are for trying things out on this machine. They are made once, in an empty database that no other machine
 * reaches, and the database remembers it: they never come back, and no account of a person is taken for one of them. Once
 * other machines can reach this installation they are locked, as their password stands in the README. Nothing that goes
 * wrong here keeps a server from starting.
 *
 * @param make makes the two, or goes on where a start was cut short
 */
export async function keepDemoFriends(deps: Deps, make: (deps: Deps) => Promise<void>): Promise<void> {
  try {
    const ids = await demoFriends(deps, make);
    await lockOrOpen(deps, ids);
  } catch (error) {
    deps.log.error('demo friends not looked after', describeError(error));
  }
}

/** The ids of the demo friends there are, once they were made if they may be. */
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
  // The server does not listen before this is decided: who has one of the names now was made here.
  try {
    if (mayMake) await make(deps);
  } catch (error) {
    deps.log.error('demo friends not made', describeError(error));
  }
  return decide(deps);
}

/** Writes down for good which accounts are demo friends: those that open with the password nobody else can have. */
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
