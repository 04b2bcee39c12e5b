import type { ProvenPassword } from '#core/accounts/sealed-account.ts';
import { wiping } from '#core/wiping.ts';
import { browserApi } from '../browser-api.ts';
import { checkInput } from '../check-input.ts';
import { argon2InWorker } from '../keys/argon2.ts';
import { holdKeys } from '../keys/keyring.ts';
import { replaceWords } from './renew-words.ts';
import { callSession } from './session-call.ts';
import type { StepAnswer } from './session-steps.server.ts';
import { type Strengthen, strengthening } from './strengthen-password.ts';

/** A log-in whose password was right. */
type LogInAnswer = StepAnswer<'log-in'>;
export type LogInOutcome = LogInAnswer['outcome'];

/** A password that was turned into keys in this page, which wait for what they open. */
export interface PendingKeys {
  username: string;
  proven: ProvenPassword;
  /** Keeps the password at today's cost; null when it is kept so already. */
  strengthen: Strengthen;
}

/**
 * Logs in without sending the password: the server gets a key derived from it, which says nothing about it, and in
 * return hands out what the other derived key opens. The keys are held if the outcome includes them; with `words`, so
 * are the new words.
 *
 * @returns the outcome, and the keys that still wait when a second factor is wanted
 * @throws InputRefused, SessionRefusal, KeysNotKept; CryptoRefusal `weak-kdf` before anything is sent, `damaged` when
 *   what the server hands out does not fit the password
 */
export async function logIn(typed: {
  username: string;
  password: string;
}): Promise<{ outcome: LogInOutcome; pending: PendingKeys }> {
  const [{ logInInput }, { provePassword }] = await Promise.all([
    import('#core/schemas/accounts.ts'),
    import('#core/accounts/sealed-account.ts'),
  ]);
  const { username, password } = checkInput(logInInput, typed);
  const kdf = await browserApi.accounts.kdf.query({ username });
  const proven = await provePassword(argon2InWorker, password, kdf);
  const answer = await callSession('log-in', { username, authKey: proven.authKey });
  const pending = { username, proven, strengthen: strengthening(password, proven) };
  await takeKeys(pending, answer);
  return { outcome: answer.outcome, pending };
}

/**
 * Holds the keys that an answer brings, whichever step of the log-in it ends. Recovery words that were never confirmed are
 * replaced by new ones, which are kept to be shown.
 */
export async function takeKeys(
  { username, proven, strengthen }: PendingKeys,
  answer: LogInAnswer | StepAnswer<'code'>,
): Promise<void> {
  if (!('account' in answer)) return;
  const { importAccount } = await import('#core/accounts/sealed-account.ts');
  try {
    const { outcome, account } = answer;
    const { keys, words } = await wiping(proven.open(account), async (raw) => {
      const keys = await importAccount(raw, account);
      if (outcome === 'logged-in') await strengthen(account, raw);
      return { keys, words: outcome === 'words' ? await replaceWords(proven, account, raw) : undefined };
    });
    await holdKeys({ ...keys, username }, words);
  } catch (error) {
    // A session without its keys opens nothing.
    await browserApi.accounts.logOut.mutate();
    throw error;
  }
}
