import type { AccountKeys } from '../account-keys.ts';
import { isCryptoRefusal } from '../crypto/index.ts';
import { withSecret } from '../with-secret.ts';
import type { DraftSummary, DraftView, SealedDraftPage } from './draft-view.ts';
import { openDraftView } from './load-draft.ts';

const EXCERPT_LENGTH = 140;
const damagedContent = { title: '', body: 'This draft is damaged and can’t be opened.' };

/** Opens a page of drafts for the list. A damaged draft is listed as such. */
export async function summarizeDrafts(
  keys: AccountKeys,
  { drafts, nextCursor }: SealedDraftPage,
  onDamaged?: (draftId: string) => void,
): Promise<{ drafts: DraftSummary[]; nextCursor: string | null }> {
  return {
    drafts: await Promise.all(drafts.map((draft) => summarize(keys, draft, onDamaged))),
    nextCursor,
  };
}

/** Describes a damaged draft as such, so that it doesn't break the list and can be discarded. */
async function summarize(
  keys: AccountKeys,
  draft: DraftView,
  onDamaged?: (draftId: string) => void,
): Promise<DraftSummary> {
  const { id, updatedAt } = draft;
  const show = ({ title, body }: { title: string; body: string }, photoCount: number, to: string | null) => ({
    ...{ id, title, to, photoCount, updatedAt },
    excerpt: body.trim().slice(0, EXCERPT_LENGTH),
  });
  try {
    const { key, content, to } = await openDraftView(keys, draft);
    return withSecret(key, () => show(content, draft.photos.length, to));
  } catch (error) {
    if (!isCryptoRefusal(error)) throw error;
    onDamaged?.(id);
    return show(damagedContent, 0, draft.to);
  }
}
