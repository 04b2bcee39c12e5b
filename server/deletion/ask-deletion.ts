import { DAY } from '#core/durations.ts';
import type { AskDeletionInput } from '#core/schemas/deletion.ts';
import { provePassword } from '../accounts/prove-password.ts';
import { requestAccountMail } from '../accounts/request-account-mail.ts';
import type { Actor } from '../actor.ts';
import { type EventFacts, recordEvent } from '../audit/record-event.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';

const deletionDelay = 7 * DAY;

/**
 * Schedules an account's deletion in a week and mails the owner. Until then nothing changes, and
 * friends are not notified. Asking twice keeps the first date.
 *
 * @throws {AppError} `invalid-input` on `username` when it is not the user's own, on `current` when
 *   the password is wrong.
 */
export async function askDeletion(
  deps: Deps,
  actor: Actor,
  input: AskDeletionInput,
  facts: EventFacts = {},
): Promise<{ deleteAt: Date }> {
  if (input.username !== actor.username) {
    const message = `Type your username, ${actor.username}, to confirm.`;
    throw new AppError('invalid-input', message, { fields: { username: message } });
  }
  const user = await provePassword(deps, actor, input.proof);
  if (user.deleteAt) return { deleteAt: user.deleteAt };
  const deleteAt = new Date(deps.now().getTime() + deletionDelay);
  if (await deps.stores.users.scheduleDeletion(user.id, deleteAt)) {
    await recordEvent(deps, user.id, 'deletion-asked', facts);
    await requestAccountMail(deps, user.id, 'deletion-asked');
  }
  return { deleteAt };
}
