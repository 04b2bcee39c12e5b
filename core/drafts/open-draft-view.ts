import type { AccountKeys } from '../account-keys.ts';
import { openDraft, openStampIdea, unwrapLetterKey } from '../crypto/index.ts';
import type { DraftView, OpenDraft } from './draft-view.ts';

/** Opens a draft of one's own. @throws CryptoRefusal when it is damaged. */
export async function openDraftView(
  { userId, masterKey }: AccountKeys,
  { id, to: said, payload, sealedKey, stampIdea, photos }: Omit<DraftView, 'version' | 'updatedAt'>,
): Promise<OpenDraft> {
  const key = await unwrapLetterKey(masterKey, { letterId: id, userId }, sealedKey);
  const { to: chosen = said, ...content } = await openDraft(key, { draftId: id, authorId: userId }, payload);
  const idea = stampIdea ? await openStampIdea(masterKey, 'draft', id, stampIdea) : '';
  return { key, content, to: chosen === said ? said : null, stampIdea: idea, photos };
}
