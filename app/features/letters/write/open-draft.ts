import { isCryptoRefusal } from '#app/browser/keys/crypto.ts';
import type { HeldKeys } from '#app/browser/keys/held-keys.ts';
import type { DraftView } from '#core/drafts/draft-view.ts';
import { openDraftView } from '#core/drafts/open-draft-view.ts';
import type { Sheet } from './read-writing.server.ts';
import type { SealedDraft } from './sealed-draft.ts';

/** A draft as the write page shows it, and what goes on sealing it. */
export interface OpenedSheet {
  sheet: Sheet;
  draft: SealedDraft;
}

/** Opens a draft for the write page. Null for a damaged one, so that nothing is saved or sent in its place. */
export async function openDraft(keys: HeldKeys, view: DraftView): Promise<OpenedSheet | null> {
  const { id, version } = view;
  const opened = await openDraftView(keys, view).catch((error) => {
    if (isCryptoRefusal(error)) return null;
    throw error;
  });
  if (!opened) return null;
  const { key, content, to, stampIdea, photos: seals } = opened;
  const { title, body, photos } = content;
  const sheet = { id, version, to: to ?? '', title, body, stampIdea, photos, savedAt: view.updatedAt };
  return { sheet, draft: { id, version, key, photos, seals, unanswered: { save: null } } };
}
