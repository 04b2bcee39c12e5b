import { type Opening, openSealed, type SealedData } from '#app/modes/open-sealed.ts';
import type { DraftView } from '#core/drafts/draft-view.ts';
import type { OpenedSheet } from './open-draft.ts';
import type { Sheet } from './read-writing.server.ts';
import type { SealedDraft } from './sealed-draft.ts';

/** What the write page begins with, sealed or not. */
export interface DeskData {
  /** Null while the draft is sealed. */
  sheet: Sheet | null;
  /** In a sealed session, whose; null when letters are sealed by the server. */
  sealedFor: string | null;
  sealed: SealedData | null;
  opening: Opening;
  /** Of a draft that was opened here. */
  draft?: SealedDraft;
}

/** A draft of which nothing was saved yet. */
export function freshDraft(id: string): SealedDraft {
  return { id, version: 0, key: null, photos: [], seals: [], unanswered: { save: null } };
}

/** Opens the draft of the write page, if it is sealed. */
export async function openLoadedDesk<Desk extends DeskData>(loaded: Desk): Promise<Desk> {
  if (!loaded.sealed) return loaded;
  const opened = await openSealed<DraftView, OpenedSheet | null>(
    loaded.sealed,
    async () => (await import('./open-draft.ts')).openDraft,
  );
  if (opened === 'away') return { ...loaded, opening: 'away' };
  return opened
    ? { ...loaded, ...opened, sealed: null, opening: 'open' }
    : { ...loaded, sealed: null, opening: 'damaged' };
}
