import { browserApi } from '../browser-api.ts';
import { openWithPassword } from './open-with-password.ts';

/**
 * Makes new recovery words here; the server learns neither them nor the password. The old ones stop working at once.
 *
 * @returns the words, which nobody else has
 * @throws InputRefused and refusals of procedures, on `current` for a wrong password; CryptoRefusal
 */
export async function renewWords(username: string, password: string): Promise<string[]> {
  const { makeRecoveryRecord } = await import('#core/accounts/password-record.ts');
  const { proof, account, masterKey } = await openWithPassword(username, password);
  const { words, record } = await makeRecoveryRecord(account, masterKey);
  masterKey.fill(0);
  await browserApi.accounts.renewWordsSealed.mutate({ proof, recovery: record });
  return words;
}
