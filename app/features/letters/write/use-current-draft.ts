import { useState } from 'react';
import type { ShownDraft } from './draft-form.ts';

/**
 * The draft as the server knows it best: as a refused form came back, else as it was loaded. An answer without a draft,
 * which is what a form gets that found no network, changes nothing.
 */
export function useCurrentDraft(loaded: ShownDraft, refused: ShownDraft | null): ShownDraft {
  const [current, setCurrent] = useState({ loaded, refused, draft: refused ?? loaded });
  if (current.loaded === loaded && (refused === null || current.refused === refused)) return current.draft;
  const draft = refused !== null && current.refused !== refused ? refused : loaded;
  setCurrent({ loaded, refused, draft });
  return draft;
}
