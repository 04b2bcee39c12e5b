import type { ProvenPassword } from '#core/accounts/sealed-account.ts';
import type { Bytes } from '#core/bytes.ts';
import { checkInput } from '#core/schemas/check-input.ts';
import { browserApi } from '../browser-api.ts';
import { argon2InWorker } from '../keys/argon2.ts';
import { checkKdf } from './check-kdf.ts';

/**
 * Derives a proof of the user's password, without revealing it.
 *
 * @throws InputRefused on `current` when it is empty; KdfChanged when the server asks for other
 *   parameters than at login, which only a login can resolve
 */
export async function proofOf(username: string, password: string): Promise<{ authKey: Bytes }> {
  const { authKey } = await proveAgain(username, password);
  return { authKey };
}

/** Derives the proof and the key that opens the account. @throws InputRefused, KdfChanged */
export async function proveAgain(username: string, password: string): Promise<ProvenPassword> {
  const [{ provePassword }, { passwordInput }] = await Promise.all([
    import('#core/accounts/sealed-account.ts'),
    import('#core/schemas/recovery.ts'),
  ]);
  const { current } = checkInput(passwordInput, { current: password });
  const kdf = await browserApi.accounts.kdf.query({ username });
  await checkKdf(username, kdf);
  return provePassword(argon2InWorker, current, kdf);
}
