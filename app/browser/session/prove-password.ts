import type { ProvenPassword } from '#core/accounts/sealed-account.ts';
import type { Bytes } from '#core/bytes.ts';
import { checkInput } from '#core/schemas/check-input.ts';
import { browserApi } from '../browser-api.ts';
import { argon2InWorker } from '../keys/argon2.ts';
import { checkKdf } from './check-kdf.ts';

/**
 * What shows the server that a person knows their password, without the password.
 *
 * @throws InputRefused on `current` when there is none; KdfChanged when the server asks for other parameters than at log-in,
 *   which is for a log-in to decide
 */
export async function proofOf(username: string, password: string): Promise<{ authKey: Bytes }> {
  const { authKey } = await proveAgain(username, password);
  return { authKey };
}

/** The same with what opens the account's keys. @throws InputRefused, KdfChanged as {@link proofOf} */
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
