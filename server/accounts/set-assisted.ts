import type { PasswordProof } from '#core/schemas/accounts.ts';
import type { Actor } from '../actor.ts';
import { type EventFacts, recordEvent } from '../audit/record-event.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { provePassword } from './prove-password.ts';
import { requestAccountMail } from './request-account-mail.ts';

/**
 * Allows or forbids typed passwords for this account. Forbidding ends the sessions in which the
 * server holds keys.
 *
 * @throws {AppError} `invalid-input` on `current` when the password is wrong; `conflict` in a
 *   session without JavaScript, which would lock itself out.
 */
export async function setAssisted(
  deps: Deps,
  actor: Actor,
  { proof, forbidden }: { proof: PasswordProof; forbidden: boolean },
  facts: EventFacts = {},
): Promise<void> {
  if (forbidden && actor.mode !== 'sealed')
    throw new AppError('conflict', 'Log in with JavaScript on first, to make sure it works for you.');
  const user = await provePassword(deps, actor, proof);
  await deps.stores.users.setAssistedForbidden(user.id, forbidden ? deps.now() : null);
  if (forbidden) await deps.stores.sessions.deleteAssisted(user.id);
  if (forbidden === (user.assistedForbiddenAt !== null)) return;
  const kind = forbidden ? 'assisted-forbidden' : 'assisted-allowed';
  await recordEvent(deps, user.id, kind, facts);
  await requestAccountMail(deps, user.id, kind);
}
