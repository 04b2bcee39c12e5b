import type { PasswordKdf } from '#core/accounts/sealed-account.ts';
import { currentKdfParams, type KdfParams } from '#core/crypto/index.ts';
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
  return { salt: user.kdfSalt, params: kdfParamsOf(user) };
}

/** What an account's password costs. */
export function kdfParamsOf({ kdfMemoryKiB, kdfIterations, kdfParallelism }: User): KdfParams {
  return { memoryKiB: kdfMemoryKiB, iterations: kdfIterations, parallelism: kdfParallelism };
}
