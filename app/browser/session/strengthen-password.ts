import type { PasswordKdf } from '#core/accounts/password-record.ts';
import type { ProvenPassword, SealedAccount } from '#core/accounts/sealed-account.ts';
import type { Bytes } from '#core/bytes.ts';
import { browserApi } from '../browser-api.ts';
import { argon2InWorker } from '../keys/argon2.ts';

/**
 * Locks the master key again under the same password, with today's parameters.
 *
 * @returns the new salt and cost; null when nothing changed
 */
export type Strengthen = (account: SealedAccount, masterKey: Bytes) => Promise<PasswordKdf | null>;

/**
 * Upgrades the password record after login: one created at a lower cost, or under an earlier server
 * secret. Never throws: login continues, and the next one tries again.
 */
export function strengthening(
  password: string,
  { authKey, outdated }: Pick<ProvenPassword, 'authKey' | 'outdated'>,
  kdf: PasswordKdf,
): Strengthen {
  return async (account, masterKey) => {
    if (!outdated && !account.renewed) return null;
    try {
      const { makePasswordRecord, renewedKdf } = await import('#core/accounts/password-record.ts');
      const next = { ...account, ...account.renewed };
      const { keyShare } = next;
      const renewed = renewedKdf(kdf);
      const record = await makePasswordRecord(argon2InWorker, password, next, keyShare, masterKey, renewed);
      await browserApi.accounts.upgradePasswordSealed.mutate({ proof: { authKey }, password: record });
      return record;
    } catch {
      return null;
    }
  };
}
