import type { ConfirmWordsInput } from '#core/schemas/accounts.ts';
import type { Actor } from '../context.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { requestAccountMail } from './request-account-mail.ts';

/**
 * The person shows that the recovery words were written down: two of them are asked for. The words are then gone from
 * here for good, and the mail that verifies the address goes out.
 *
 * @throws {AppError} `invalid-input` naming each wrong word by its position; `conflict` when there is nothing to confirm.
 */
export async function confirmWords(deps: Deps, actor: Actor, input: ConfirmWordsInput): Promise<void> {
  const words = await actor.recoveryWords();
  if (!words) throw new AppError('conflict', 'The words were confirmed already.');
  const wrong = input.answers.filter(({ position, word }) => words[position - 1] !== word);
  if (wrong.length > 0 || new Set(input.answers.map(({ position }) => position)).size < 2) {
    const fields = Object.fromEntries(
      wrong.map(({ position }) => [
        `word-${position}`,
        `This is not word ${position}. Look at your list again.`,
      ]),
    );
    throw new AppError('invalid-input', 'That is not what we showed you. Look at your list again.', {
      fields,
    });
  }
  await deps.stores.users.confirmRecovery(actor.userId, deps.now());
  await deps.stores.sessions.clearWords(actor.sessionId);
  await requestAccountMail(deps, actor.userId, 'verify-email');
}
