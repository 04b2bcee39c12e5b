import type { ConfirmWordsInput } from '#core/schemas/accounts.ts';
import { checkInput, InputRefused } from '../check-input.ts';
import { callSession } from './session-call.ts';

/**
 * Looks here whether two of the words were written down right; the server is shown a key that all twelve become.
 *
 * @returns whether the person is logged in now; otherwise their address waits to be confirmed
 * @throws InputRefused naming each wrong word by its position; SessionRefusal `conflict` when other words were made since
 */
export async function confirmWords(
  words: readonly string[],
  answers: ConfirmWordsInput['answers'],
): Promise<{ loggedIn: boolean }> {
  const [{ confirmWordsInput }, { deriveRecoveryKeys }] = await Promise.all([
    import('#core/schemas/accounts.ts'),
    import('../keys/crypto.ts'),
  ]);
  const checked = checkInput(confirmWordsInput, { answers });
  const wrong = checked.answers.filter(({ position, word }) => words[position - 1] !== word);
  if (wrong.length > 0) {
    const said = wrong.map(({ position }) => [
      `word-${position}`,
      `This is not word ${position}. Look at your list again.`,
    ]);
    const message = 'That is not what we showed you. Look at your list again.';
    throw new InputRefused({ message, fields: Object.fromEntries(said) });
  }
  const { authKey } = await deriveRecoveryKeys([...words]);
  return callSession('confirm-words', { authKey });
}
