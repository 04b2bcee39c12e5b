import type { Bytes } from '#core/bytes.ts';
import { currentKdfParams } from '#core/crypto/index.ts';
import type { LogInInput } from '#core/schemas/accounts.ts';
import { wiping } from '#core/wiping.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { admit, type LogInResult } from './admit.ts';
import { checkPassword } from './check-password.ts';
import { makePasswordRecord } from './make-key-records.ts';
import { requireAssisted } from './require-assisted.ts';
import type { User } from './user.store.ts';

/**
 * Checks a password and opens the account's keys for a new session. An unknown name costs the same work and gets the
 * same answer as a wrong password.
 *
 * @throws {AppError} `unauthenticated` for a wrong name or password; `forbidden` when they are right but the account
 *   allows sealed sessions only.
 */
export async function logIn(
  deps: Deps,
  input: LogInInput,
  device: { userAgent: string },
): Promise<LogInResult> {
  const user = await deps.stores.users.findByUsername(input.username);
  const masterKey = await checkPassword(deps, input.username, user, input.password);
  if (!user || !masterKey) throw wrongTogether();
  return wiping(masterKey, async () => {
    requireAssisted(user);
    const kept = await upgradeKdf(deps, user, input.password, masterKey);
    return admit(deps, kept, { mode: 'assisted', masterKey }, device);
  });
}

export function wrongTogether(): AppError {
  return new AppError(
    'unauthenticated',
    'This name and password do not go together. Check both and try again.',
  );
}

/** Rewraps the master key when the account was made under weaker parameters than today's. @returns the account as it is now. */
async function upgradeKdf(deps: Deps, user: User, password: string, masterKey: Bytes): Promise<User> {
  const weaker =
    user.kdfMemoryKiB < currentKdfParams.memoryKiB || user.kdfIterations < currentKdfParams.iterations;
  if (!weaker) return user;
  const owner = { userId: user.id, epoch: user.keyEpoch };
  const record = await makePasswordRecord(deps, owner, password, masterKey);
  await deps.stores.users.setPasswordKeys(user.id, record);
  return { ...user, ...record };
}
