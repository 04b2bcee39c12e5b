import { browserApi } from '#app/browser/browser-api.ts';
import { argon2InWorker } from '#app/browser/keys/argon2.ts';
import { holdIfKept } from '#app/browser/keys/keyring.ts';
import { rememberKdf } from '#app/browser/keys/remembered-kdf.ts';
import { callSession } from '#app/browser/session/session-call.ts';
import { checkInput } from '#core/schemas/check-input.ts';
import type { MadePhrase } from '../words/new-phrase.tsx';

/**
 * Creates new keys for a user who has lost their password and recovery words. Stores the keys, and
 * starts a session to confirm the new words in.
 *
 * @param typed the fields `password`, `confirm`, `understood` and, with a second factor, `code`,
 *   unchecked
 * @throws InputRefused; refusals of procedures and steps
 */
export async function resetWithoutRecovery(
  token: string,
  typed: { understood?: FormDataEntryValue },
): Promise<MadePhrase> {
  const [{ resetWithoutRecoveryInput }, { makeAccount }] = await Promise.all([
    import('#core/schemas/recovery.ts'),
    import('#core/accounts/sealed-account.ts'),
  ]);
  const understood = typed.understood === 'yes';
  const { password, code } = checkInput(resetWithoutRecoveryInput, { ...typed, understood, token });
  const owner = await browserApi.accounts.beginResetWithoutRecovery.mutate({ token });
  const { record, words, keys } = await makeAccount(argon2InWorker, password, owner, owner.keyShare);
  await callSession('afresh', { token, understood: true, code, ...record });
  await holdIfKept({ ...keys, username: owner.username }, words);
  await rememberKdf(owner.username, record.password);
  return { username: owner.username, words };
}
