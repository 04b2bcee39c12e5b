import type { Deps } from '../deps.ts';
import type { Passkey } from './passkey.store.ts';
import type { SecondFactor } from './second-factor.store.ts';

export interface Factors {
  factor: SecondFactor;
  passkeys: Passkey[];
  /** Whether anything beside the password is asked for at log-in. */
  on: boolean;
}

/** What a person has set up beside the password. One-time codes alone are nothing: they stand in for something else. */
export async function factorsOf(deps: Pick<Deps, 'stores'>, userId: string): Promise<Factors> {
  const [factor, passkeys] = await Promise.all([
    deps.stores.secondFactors.find(userId),
    deps.stores.passkeys.listByUser(userId),
  ]);
  return { factor, passkeys, on: factor.totpSecret !== null || passkeys.length > 0 };
}
