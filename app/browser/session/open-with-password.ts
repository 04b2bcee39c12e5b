import type { SealedAccount } from '#core/accounts/sealed-account.ts';
import type { Bytes } from '#core/bytes.ts';
import { browserApi } from '../browser-api.ts';
import { proveAgain } from './prove-password.ts';

/**
 * Decrypts the user's raw master key with the password, because the stored one isn't extractable.
 * The caller must wipe it.
 *
 * @throws InputRefused and refusals of procedures, on `current` for a wrong password; CryptoRefusal
 */
export async function openWithPassword(
  username: string,
  password: string,
): Promise<{ proof: { authKey: Bytes }; account: SealedAccount; masterKey: Bytes }> {
  const { authKey, open } = await proveAgain(username, password);
  const proof = { authKey };
  const account = await browserApi.accounts.openKeys.mutate({ proof });
  return { proof, account, masterKey: await open(account) };
}
