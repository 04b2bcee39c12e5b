import type { ProvenPassword, SealedAccount } from '#core/accounts/sealed-account.ts';
import type { Bytes } from '#core/bytes.ts';
import { browserApi } from '../browser-api.ts';
import { argon2InWorker } from '../keys/argon2.ts';

/** Locks the master key of somebody who is logged in under the same password, as it is done today. */
export type Strengthen = (account: SealedAccount, masterKey: Bytes) => Promise<void>;

/**
 * What keeps a password at today's cost once it has opened an account that was made when less was asked for; null when it
 * is kept so already. It never throws: the log-in goes on, and the next one tries again.
 */
export function strengthening(
  password: string,
  { authKey, outdated }: Pick<ProvenPassword, 'authKey' | 'outdated'>,
): Strengthen | null {
  if (!outdated) return null;
  return async (account, masterKey) => {
    try {
      const { makePasswordRecord } = await import('#core/accounts/password-record.ts');
      const { keyShare } = account;
      const record = await makePasswordRecord(argon2InWorker, password, account, keyShare, masterKey);
      await browserApi.accounts.upgradePasswordSealed.mutate({ proof: { authKey }, password: record });
    } catch {
      // As it was.
    }
  };
}
