import type { LetterAccess } from '../letter-access.ts';
import type { DraftView, OpenDraft } from './draft-view.ts';
import { openDraftView } from './open-draft-view.ts';

/** A draft as the server has it, opened. */
export type StoredDraft = OpenDraft & Omit<DraftView, 'to' | 'stampIdea'>;

/**
 * Loads a draft and opens it.
 * @throws CryptoRefusal when it is damaged; `not-found`, also for another user's; what `fetch` throws without a network
 */
export async function loadDraft(
  { keys, api }: Pick<LetterAccess, 'keys' | 'api'>,
  id: string,
): Promise<StoredDraft> {
  const view = await api.drafts.get.query({ id });
  return { ...view, ...(await openDraftView(keys, view)) };
}
