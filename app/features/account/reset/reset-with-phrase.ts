import { browserApi } from '#app/browser/browser-api.ts';
import { argon2InWorker } from '#app/browser/keys/argon2.ts';
import { holdIfKept } from '#app/browser/keys/keyring.ts';
import { rememberKdf } from '#app/browser/keys/remembered-kdf.ts';
import { callSession } from '#app/browser/session/session-call.ts';
import { checkInput, InputRefused } from '#core/schemas/check-input.ts';
import { withSecret } from '#core/with-secret.ts';
import type { MadePhrase } from '../words/new-phrase.tsx';

/**
 * Opens the master key with the recovery words and locks it under a new password and new words, in
 * the browser. Stores the keys, and starts a session to confirm the new words in.
 *
 * @param typed the fields `words`, `password`, `confirm` and, with a second factor, `code`,
 *   unchecked
 * @throws InputRefused, on `words` naming the wrong one; refusals of procedures and steps;
 *   CryptoRefusal `damaged`
 */
export async function resetWithPhrase(token: string, typed: object): Promise<MadePhrase> {
  const [
    { resetInput },
    { importAccount, openWithPhrase, underNewestShare },
    records,
    { deriveRecoveryKeys },
  ] = await Promise.all([
    import('#core/schemas/recovery.ts'),
    import('#core/accounts/sealed-account.ts'),
    import('#core/accounts/password-record.ts'),
    import('#app/browser/keys/crypto.ts'),
  ]);
  const { code, ...input } = checkInput(resetInput, { ...typed, token });
  const words = await readWords(input.words);
  const { authKey: phraseKey } = await deriveRecoveryKeys(words);
  const account = await browserApi.accounts.openReset.mutate({ token, phraseKey });
  const { username } = account;
  const next = underNewestShare(account);
  const [password, recovery, keys] = await withSecret(openWithPhrase(words, account), (masterKey) =>
    Promise.all([
      records.makePasswordRecord(argon2InWorker, input.password, next, next.keyShare, masterKey),
      records.makeRecoveryRecord(account, masterKey),
      importAccount(masterKey, account),
    ]),
  );
  await callSession('reset', { token, phraseKey, password, recovery: recovery.record, code });
  await holdIfKept({ ...keys, username }, recovery.words);
  await rememberKdf(username, password);
  return { username, words: recovery.words };
}

async function readWords(typed: string): Promise<string[]> {
  const { isCryptoRefusal, parseRecoveryPhrase } = await import('#app/browser/keys/crypto.ts');
  try {
    return parseRecoveryPhrase(typed);
  } catch (error) {
    if (!isCryptoRefusal(error)) throw error;
    throw new InputRefused({ message: error.message, fields: { words: error.message } });
  }
}
