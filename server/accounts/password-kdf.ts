import type { PasswordKdf } from '#core/accounts/sealed-account.ts';
import { currentKdfParams } from '#core/crypto/index.ts';
import type { Deps } from '../deps.ts';
import type { User } from './user.store.ts';

/** Salt and cost of an account's password. For a name nobody has they are made up, and always the same. */
export async function passwordKdf(
  deps: Pick<Deps, 'serverKeys'>,
  username: string,
  user: User | null,
): Promise<PasswordKdf> {
  // Made for known names too, so that the time tells nothing.
  const salt = await deps.serverKeys.fakeSalt(username);
  if (!user) return { salt, params: currentKdfParams };
  const { kdfSalt, kdfMemoryKiB, kdfIterations, kdfParallelism } = user;
  return {
    salt: kdfSalt,
    params: { memoryKiB: kdfMemoryKiB, iterations: kdfIterations, parallelism: kdfParallelism },
  };
}
