import { isCryptoRefusal } from '#core/crypto/index.ts';
import type { DraftView, OpenDraft } from '#core/drafts/draft-view.ts';
import { openDraftView } from '#core/drafts/open-draft-view.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { viewDraft } from './view-drafts.ts';

/**
 * A draft of one's own, opened in memory; null when there is none with this id.
 *
 * @throws {AppError} `not-found` when it is damaged, so that nothing is saved or sent in its place.
 */
export async function openDraft(
  deps: Deps,
  actor: Actor,
  draftId: string,
): Promise<(OpenDraft & Pick<DraftView, 'id' | 'version' | 'updatedAt'>) | null> {
  const draft = await viewDraft(deps, actor, draftId);
  if (!draft) return null;
  const { id, version, updatedAt } = draft;
  try {
    return { id, version, updatedAt, ...(await openDraftView(await actor.keys(), draft)) };
  } catch (error) {
    if (!isCryptoRefusal(error)) throw error;
    deps.log.error('draft does not authenticate', { draftId });
    throw new AppError('not-found', 'This draft is damaged and cannot be opened.');
  }
}
