import type { Deps } from '../deps.ts';
import type { Passkey } from './passkey.store.ts';
import type { SecondFactor } from './second-factor.store.ts';

interface Factors {
  factor: SecondFactor;
  passkeys: Passkey[];
  on: boolean;
}

/**
 * Reads the factors a user has set up besides the password. One-time codes alone do not count: they
 * only stand in for another factor.
 */
export async function factorsOf(deps: Pick<Deps, 'stores'>, userId: string): Promise<Factors> {
  const [factor, passkeys] = await Promise.all([
    deps.stores.secondFactors.find(userId),
    deps.stores.passkeys.listByUser(userId),
  ]);
  return { factor, passkeys, on: factor.totpSecret !== null || passkeys.length > 0 };
}
