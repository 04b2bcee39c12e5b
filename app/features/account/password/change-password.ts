import { argon2InWorker } from '#app/browser/keys/argon2.ts';
import { rememberKdf } from '#app/browser/keys/remembered-kdf.ts';
import { openWithPassword } from '#app/browser/session/open-with-password.ts';
import { callSession } from '#app/browser/session/session-call.ts';
import { checkInput } from '#core/schemas/check-input.ts';
import { withSecret } from '#core/with-secret.ts';

/**
 * Locks the master key under a new password, in the browser: the server learns neither password.
 * The stored keys stay valid, and this browser continues in a new session.
 *
 * @throws InputRefused; SessionRefusal and refusals of procedures, on `current` for a wrong
 *   password; CryptoRefusal
 */
export async function changePassword(username: string, typed: object): Promise<void> {
  const [{ changePasswordInput }, { underNewestShare }, { makePasswordRecord }] = await Promise.all([
    import('#core/schemas/recovery.ts'),
    import('#core/accounts/sealed-account.ts'),
    import('#core/accounts/password-record.ts'),
  ]);
  const { current, password } = checkInput(changePasswordInput, typed);
  const { proof, account, masterKey } = await openWithPassword(username, current);
  const next = underNewestShare(account);
  const record = await withSecret(masterKey, () =>
    makePasswordRecord(argon2InWorker, password, next, next.keyShare, masterKey),
  );
  await callSession('change-password', { proof, password: record });
  await rememberKdf(username, record);
}
