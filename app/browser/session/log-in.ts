import type { StepAnswer } from '#app/http/session-steps.server.ts';
import type { PasswordKdf } from '#core/accounts/password-record.ts';
import type { ProvenPassword } from '#core/accounts/sealed-account.ts';
import { checkInput } from '#core/schemas/check-input.ts';
import { withSecret } from '#core/with-secret.ts';
import { browserApi } from '../browser-api.ts';
import { argon2InWorker } from '../keys/argon2.ts';
import { holdKeys } from '../keys/keyring.ts';
import { rememberKdf } from '../keys/remembered-kdf.ts';
import { replacePhrase } from './renew-recovery-phrase.ts';
import { callSession, SessionRefusal } from './session-call.ts';
import { type Strengthen, strengthening } from './strengthen-password.ts';

type LogInAnswer = StepAnswer<'log-in'>;
type LogInOutcome = LogInAnswer['outcome'];

/** Keys derived from the password in this page, waiting for the account they open. */
export interface PendingKeys {
  username: string;
  proven: ProvenPassword;
  /** The parameters the password was proven with; remembered once it has opened the account. */
  kdf: PasswordKdf;
  /** Re-derives the password record at today's cost; null when that isn't needed. */
  strengthen: Strengthen;
}

/**
 * Logs in without sending the password. The server receives a derived key that reveals nothing
 * about it, and returns what the other derived key opens. Stores the keys, and any new recovery
 * words, if the outcome includes them.
 *
 * @param accepted changed parameters that the user has agreed to
 * @returns the outcome, and the keys that still wait for a second factor
 * @throws KdfChanged before anything is sent; InputRefused, SessionRefusal, KeysNotKept;
 *   CryptoRefusal `weak-kdf` before anything is sent, `damaged` when the server's answer doesn't
 *   match the password
 */
export async function logIn(
  typed: { username: string; password: string },
  accepted: PasswordKdf | null = null,
): Promise<{ outcome: LogInOutcome; pending: PendingKeys }> {
  const [{ logInInput }, { proveToServer }, { checkKdf }] = await Promise.all([
    import('#core/schemas/accounts.ts'),
    import('#core/accounts/prove-to-server.ts'),
    import('./check-kdf.ts'),
  ]);
  const { username, password } = checkInput(logInInput, typed);
  const { answer, proven, kdf } = await proveToServer({
    argon2: argon2InWorker,
    password,
    askKdf: () => browserApi.accounts.kdf.query({ username }),
    checkKdf: (asked) => checkKdf(username, asked, accepted),
    logIn: (authKey) => callSession('log-in', { username, authKey }),
    saysWrongPassword: (error) => error instanceof SessionRefusal && error.code === 'unauthenticated',
  });
  const pending = { username, proven, kdf, strengthen: strengthening(password, proven, kdf) };
  await takeKeys(pending, answer);
  return { outcome: answer.outcome, pending };
}

/**
 * Stores the keys that complete a login. Replaces recovery words that were never confirmed with new
 * ones to show.
 */
export async function takeKeys(
  { username, proven, kdf, strengthen }: PendingKeys,
  answer: LogInAnswer | StepAnswer<'code'>,
): Promise<void> {
  if (!('account' in answer)) return;
  const { importAccount } = await import('#core/accounts/sealed-account.ts');
  try {
    const { outcome, account } = answer;
    const { keys, words, stronger } = await withSecret(proven.open(account), async (raw) => {
      const keys = await importAccount(raw, account);
      const stronger = outcome === 'logged-in' ? await strengthen(account, raw) : null;
      const words = outcome === 'words' ? await replacePhrase(proven, account, raw) : undefined;
      return { keys, words, stronger };
    });
    await holdKeys({ ...keys, username }, words);
    await rememberKdf(username, stronger ?? kdf);
  } catch (error) {
    // A session without keys can open nothing.
    await browserApi.accounts.logOut.mutate();
    throw error;
  }
}
