import { limits } from '#core/schemas/limits.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { discardDraft } from './discard-draft.ts';

/**
 * Puts a draft into the trash, where its author can have it back for `limits.trashMs`. Repeating it
 * changes nothing. The trash holds as many drafts as a user may have; the oldest makes room.
 *
 * @throws {AppError} `not-found` when there is no such draft.
 */
export async function trashDraft(deps: Deps, actor: Actor, draftId: string): Promise<void> {
  const { drafts } = deps.stores;
  const at = deps.now();
  const expiresAt = new Date(at.getTime() + limits.trashMs);
  if (!(await drafts.trash(draftId, actor.userId, { at, expiresAt }))) {
    if (await drafts.find(draftId, actor.userId)) return;
    throw gone();
  }
  if ((await drafts.count(actor.userId, limits.drafts + 1, true)) <= limits.drafts) return;
  const oldest = await drafts.findOldestInTrash(actor.userId);
  if (oldest) await discardDraft(deps, actor, oldest.id);
}

/**
 * Takes a draft out of the trash. Repeating it changes nothing.
 *
 * @throws {AppError} `not-found` when it no longer exists; `too-large` at the maximum number of
 *   drafts.
 */
export async function restoreDraft(deps: Deps, actor: Actor, draftId: string): Promise<void> {
  const { drafts } = deps.stores;
  const draft = await drafts.find(draftId, actor.userId);
  if (!draft) throw gone();
  if (!draft.trashedAt) return;
  if ((await drafts.count(actor.userId, limits.drafts)) >= limits.drafts)
    throw new AppError('too-large', `You have ${limits.drafts} drafts. Send or delete one first.`);
  await drafts.restore(draftId, actor.userId);
}

function gone(): AppError {
  return new AppError('not-found', 'This draft no longer exists. It may have been sent or deleted.');
}
