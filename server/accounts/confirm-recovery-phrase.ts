import type { Bytes } from '#core/bytes.ts';
import { deriveRecoveryKeys } from '#core/crypto/index.ts';
import type { ConfirmRecoveryPhraseInput } from '#core/schemas/accounts.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { requestAccountMail } from './request-account-mail.ts';
import type { StartedSession } from './start-session.ts';

/** A user whose address is verified is logged in with a new session. */
type WordsConfirmed = { loggedIn: false } | ({ loggedIn: true } & StartedSession);

/**
 * Confirms that the user wrote the recovery words down, by asking for two of them; the session then
 * forgets the words. Logs in a user whose address is verified, and mails a verification link to any
 * other.
 *
 * @returns whether the user is logged in now, with the session that replaces this one
 * @throws {AppError} `invalid-input` naming each wrong word by its position; `conflict` when there
 *   is nothing to confirm, or another device was shown newer words.
 */
export async function confirmRecoveryPhrase(
  deps: Deps,
  actor: Actor,
  input: ConfirmRecoveryPhraseInput,
): Promise<WordsConfirmed> {
  const words = await actor.recoveryPhrase();
  if (!words) throw new AppError('conflict', 'You’ve already confirmed your words.');
  const wrong = input.answers.filter(({ position, word }) => words[position - 1] !== word);
  if (wrong.length > 0 || new Set(input.answers.map(({ position }) => position)).size < 2) {
    const fields = Object.fromEntries(
      wrong.map(({ position }) => [
        `word-${position}`,
        `That’s not word ${position}. Check your list and try again.`,
      ]),
    );
    throw new AppError(
      'invalid-input',
      'Those aren’t the words we showed you. Check your list and try again.',
      {
        fields,
      },
    );
  }
  if (!(await areCurrent(deps, actor, words))) {
    await deps.stores.sessions.clearPendingPhrase(actor.sessionId);
    throw newerPhrase();
  }
  return finishConfirming(deps, actor);
}

/**
 * Confirms words that only the browser has and has asked two of; `authKey` is derived from the
 * words.
 *
 * @throws {AppError} `conflict` when these are not the newest words, or were confirmed already.
 */
export async function confirmRecoveryPhraseSealed(
  deps: Deps,
  actor: Actor,
  authKey: Bytes,
): Promise<WordsConfirmed> {
  if (!actor.phraseUnconfirmed) throw new AppError('conflict', 'You’ve already confirmed your words.');
  const user = await deps.stores.users.findById(actor.userId);
  if (!user || !(await deps.serverKeys.verify(authKey, user.recoveryVerifier))) throw newerPhrase();
  return finishConfirming(deps, actor);
}

async function finishConfirming(deps: Deps, actor: Actor): Promise<WordsConfirmed> {
  await deps.stores.users.confirmRecovery(actor.userId, deps.now());
  await deps.stores.sessions.clearPendingPhrase(actor.sessionId);
  const user = await deps.stores.users.findById(actor.userId);
  if (user?.emailVerifiedAt) {
    return { loggedIn: true, ...(await actor.renewSession()) };
  }
  await requestAccountMail(deps, actor.userId, 'verify-email');
  return { loggedIn: false };
}

/** A session stores the words it showed; a login elsewhere may have replaced them. */
async function areCurrent(deps: Deps, actor: Actor, words: string[]): Promise<boolean> {
  const user = await deps.stores.users.findById(actor.userId);
  const { authKey } = await deriveRecoveryKeys(words);
  return user !== null && deps.serverKeys.verify(authKey, user.recoveryVerifier);
}

function newerPhrase(): AppError {
  return new AppError(
    'conflict',
    'You got newer words at another login, and only the newest work. Log in again to get new ones.',
  );
}
