import { browserApi, refusalOf } from '#app/browser/browser-api.ts';
import { forgetPendingPhrase } from '#app/browser/keys/pending-phrase.ts';
import { callSession } from '#app/browser/session/session-call.ts';
import type { Bytes } from '#core/bytes.ts';
import type { ConfirmRecoveryPhraseInput } from '#core/schemas/accounts.ts';
import { checkInput, InputRefused } from '#core/schemas/check-input.ts';

/**
 * Checks in the browser that two of the words were copied correctly, and sends the server a key
 * derived from all twelve. Words already confirmed, by another tab or a double click, are fine.
 *
 * @returns whether the user is logged in now; otherwise their address is still to be confirmed
 * @throws InputRefused naming each wrong word by its position; SessionRefusal `conflict` when other
 *   words were created since
 */
export async function confirmRecoveryPhrase(
  words: readonly string[],
  answers: ConfirmRecoveryPhraseInput['answers'],
): Promise<{ loggedIn: boolean }> {
  const [{ confirmRecoveryPhraseInput }, { deriveRecoveryKeys }] = await Promise.all([
    import('#core/schemas/accounts.ts'),
    import('#app/browser/keys/crypto.ts'),
  ]);
  const checked = checkInput(confirmRecoveryPhraseInput, { answers });
  const wrong = checked.answers.filter(({ position, word }) => words[position - 1] !== word);
  if (wrong.length > 0) {
    const messages = wrong.map(({ position }) => [
      `word-${position}`,
      `That’s not word ${position}. Check your list and try again.`,
    ]);
    const message = 'Those aren’t the words we showed you. Check your list and try again.';
    throw new InputRefused({ message, fields: Object.fromEntries(messages) });
  }
  const { authKey } = await deriveRecoveryKeys([...words]);
  const outcome = await confirmed(authKey);
  await forgetPendingPhrase();
  if ('error' in outcome) throw outcome.error;
  return outcome;
}

async function confirmed(authKey: Bytes): Promise<{ loggedIn: boolean } | { error: unknown }> {
  try {
    return await callSession('confirm-words', { authKey });
  } catch (error) {
    if (refusalOf(error)?.code !== 'conflict') throw error;
    const me = await browserApi.accounts.me.query();
    return me?.phraseUnconfirmed ? { error } : { loggedIn: me?.stage === 'full' };
  }
}
