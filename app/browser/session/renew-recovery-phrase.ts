import type { ProvenPassword, SealedAccount } from '#core/accounts/sealed-account.ts';
import type { Bytes } from '#core/bytes.ts';
import { withSecret } from '#core/with-secret.ts';
import { browserApi } from '../browser-api.ts';
import { holdIfKept } from '../keys/keyring.ts';
import { openWithPassword } from './open-with-password.ts';

/**
 * Creates new recovery words in the browser; the server learns neither them nor the password. The
 * old words stop working immediately. The new ones stay in this browser until confirmed.
 *
 * @returns the words, which exist nowhere else
 * @throws InputRefused and refusals of procedures, on `current` for a wrong password; CryptoRefusal
 */
export async function renewRecoveryPhrase(username: string, password: string): Promise<string[]> {
  const { importAccount } = await import('#core/accounts/sealed-account.ts');
  const { proof, account, masterKey } = await openWithPassword(username, password);
  const { keys, words } = await withSecret(masterKey, async () => ({
    keys: await importAccount(masterKey, account),
    words: await replacePhrase(proof, account, masterKey),
  }));
  await holdIfKept({ ...keys, username }, words);
  return words;
}

/**
 * Replaces the recovery words of a user who has just proven the password. The caller must wipe
 * `masterKey`.
 */
export async function replacePhrase(
  { authKey }: Pick<ProvenPassword, 'authKey'>,
  account: SealedAccount,
  masterKey: Bytes,
): Promise<string[]> {
  const { makeRecoveryRecord } = await import('#core/accounts/password-record.ts');
  const { words, record } = await makeRecoveryRecord(account, masterKey);
  await browserApi.accounts.renewRecoveryPhraseSealed.mutate({ proof: { authKey }, recovery: record });
  return words;
}
