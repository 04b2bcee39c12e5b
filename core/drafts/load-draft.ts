import type { AccountKeys } from '../account-keys.ts';
import { openDraft, openStampIdea, unwrapLetterKey } from '../crypto/index.ts';
import type { LetterAccess } from '../letter-access.ts';
import { stampMotifNames } from '../stamps/stamp-motifs.ts';
import type { DraftView, OpenDraft } from './draft-view.ts';

export type StoredDraft = OpenDraft & Omit<DraftView, 'to' | 'stampIdea'>;

/**
 * Loads and opens a draft.
 * @throws CryptoRefusal if it is damaged; `not-found`, also for another user's draft; `fetch`
 *   errors without a network
 */
export async function loadDraft(
  { keys, api }: Pick<LetterAccess, 'keys' | 'api'>,
  id: string,
): Promise<StoredDraft> {
  const view = await api.drafts.get.query({ id });
  return { ...view, ...(await openDraftView(keys, view)) };
}

/** Opens the user's own draft. @throws CryptoRefusal if it is damaged. */
export async function openDraftView(
  { userId, masterKey }: AccountKeys,
  { id, to: said, payload, sealedKey, stampIdea, photos }: Omit<DraftView, 'version' | 'updatedAt'>,
): Promise<OpenDraft> {
  const key = await unwrapLetterKey(masterKey, { letterId: id, userId }, sealedKey);
  const opened = await openDraft(key, { draftId: id, authorId: userId }, payload);
  const { to: chosen = said, arrival, stamp: motif, ...content } = opened;
  const idea = stampIdea ? await openStampIdea(masterKey, 'draft', id, stampIdea) : '';
  const stamp = stampMotifNames.find((name) => name === motif);
  return { key, content, to: chosen === said ? said : null, arrival, stamp, stampIdea: idea, photos };
}
