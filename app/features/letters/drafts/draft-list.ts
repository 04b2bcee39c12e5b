import { type Opening, openSealed, type SealedData } from '#app/modes/open-sealed.ts';
import type { DraftSummary, SealedDraftPage } from '#core/drafts/draft-view.ts';

/** A page of drafts, sealed or not. */
export interface DraftListData {
  /** Empty while they are sealed. */
  drafts: DraftSummary[];
  nextCursor: string | null;
  older: boolean;
  sealed: SealedData | null;
  opening: Opening;
}

/** Opens the drafts of a page, if they are sealed. */
export async function openLoadedDrafts(loaded: DraftListData): Promise<DraftListData> {
  if (!loaded.sealed) return loaded;
  const opened = await openSealed<SealedDraftPage, Pick<DraftListData, 'drafts'>>(
    loaded.sealed,
    async () => (await import('#core/drafts/summarize-drafts.ts')).summarizeDrafts,
  );
  if (opened === 'away') return { ...loaded, opening: 'away' };
  return { ...loaded, ...opened, sealed: null, opening: 'open' };
}
