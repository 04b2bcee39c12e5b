import type { AccountKeys } from '../account-keys.ts';
import { openDraft, openStampIdea, unwrapLetterKey } from '../crypto/index.ts';
import type { DraftView, OpenDraft } from './draft-view.ts';

/** Opens a draft of one's own. @throws CryptoRefusal when it is damaged. */
export async function openDraftView(
  { userId, masterKey }: AccountKeys,
  { id, payload, sealedKey, stampIdea, photos }: Omit<DraftView, 'to' | 'version' | 'updatedAt'>,
): Promise<OpenDraft> {
  const key = await unwrapLetterKey(masterKey, { letterId: id, userId }, sealedKey);
  const content = await openDraft(key, { draftId: id, authorId: userId }, payload);
  const idea = stampIdea ? await openStampIdea(masterKey, 'draft', id, stampIdea) : '';
  return { key, content, stampIdea: idea, photos };
}
