import { archiveName } from '#core/export/zip-stream.ts';
import type { BeginExportInput } from '#core/schemas/export.ts';
import { provePassword } from '../accounts/prove-password.ts';
import type { Actor } from '../actor.ts';
import { type EventFacts, recordEvent } from '../audit/record-event.ts';
import type { Deps } from '../deps.ts';

/**
 * Checks the password before an export and records an event for the owner.
 *
 * @throws {AppError} `invalid-input` on `current` for a wrong password; `too-many-requests`.
 */
export async function beginExport(
  deps: Deps,
  actor: Actor,
  input: BeginExportInput,
  facts: EventFacts = {},
): Promise<{ fileName: string }> {
  await provePassword(deps, actor, input.proof);
  await deps.limits.count('export by account', actor.userId);
  await recordEvent(deps, actor.userId, 'exported', facts);
  return { fileName: archiveName(actor.username, deps.now()) };
}
