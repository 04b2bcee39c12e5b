import type { Deps } from '../deps.ts';
import type { Passkey } from './passkey.store.ts';
import type { SecondFactor } from './second-factor.store.ts';

interface Factors {
  factor: SecondFactor;
  passkeys: Passkey[];
  /** Whether anything beside the password is asked for at log-in. */
  on: boolean;
}

/**
 * The factors a person has set up in addition to the password. One-time codes alone do not count: they only stand in
 * for another factor.
 */
export async function factorsOf(deps: Pick<Deps, 'stores'>, userId: string): Promise<Factors> {
  const [factor, passkeys] = await Promise.all([
    deps.stores.secondFactors.find(userId),
    deps.stores.passkeys.listByUser(userId),
  ]);
  return { factor, passkeys, on: factor.totpSecret !== null || passkeys.length > 0 };
}
