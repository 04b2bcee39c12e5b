import type { SealedDraftPage } from '#core/drafts/draft-view.ts';
import { summarizeDrafts } from '#core/drafts/summarize-drafts.ts';
import type { HeldKeys } from '../keys/keyring.ts';

/** A page of drafts as their list shows them. */
export function openDraftList(keys: HeldKeys, page: SealedDraftPage) {
  return summarizeDrafts(keys, page);
}
