import type { ProvenPassword, SealedAccount } from '#core/accounts/sealed-account.ts';
import type { Bytes } from '#core/bytes.ts';
import { withSecret } from '#core/with-secret.ts';
import { browserApi } from '../browser-api.ts';
import { holdIfKept } from '../keys/keyring.ts';
import { openWithPassword } from './open-with-password.ts';

/**
 * Makes new recovery words here; the server learns neither them nor the password. The old ones stop working at once, and
 * the new ones wait in this browser until they are confirmed.
 *
 * @returns the words, which nobody else has
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

/** The same for whoever has just proven the password. Wipes nothing: `masterKey` stays the caller's to wipe. */
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
