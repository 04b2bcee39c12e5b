import type { ProvenPassword } from '#core/accounts/sealed-account.ts';
import type { Bytes } from '#core/bytes.ts';
import { browserApi } from '../browser-api.ts';
import { checkInput } from '../check-input.ts';
import { argon2InWorker } from '../keys/argon2.ts';

/**
 * What shows the server that a person knows their password, without the password.
 *
 * @throws InputRefused on `current` when there is none
 */
export async function proofOf(username: string, password: string): Promise<{ authKey: Bytes }> {
  const { authKey } = await proveAgain(username, password);
  return { authKey };
}

/** The same with what opens the account's keys. @throws InputRefused as {@link proofOf} */
export async function proveAgain(username: string, password: string): Promise<ProvenPassword> {
  const [{ provePassword }, { passwordInput }] = await Promise.all([
    import('#core/accounts/sealed-account.ts'),
    import('#core/schemas/recovery.ts'),
  ]);
  const { current } = checkInput(passwordInput, { current: password });
  const kdf = await browserApi.accounts.kdf.query({ username });
  return provePassword(argon2InWorker, current, kdf);
}
