import { useState } from 'react';
import type { ShownDraft } from './draft-form.ts';

/**
 * Returns the most recent draft: from a refused form, else as loaded. An answer without a draft, as
 * after a network failure, changes nothing.
 */
export function useCurrentDraft(loaded: ShownDraft, refused: ShownDraft | null): ShownDraft {
  const [current, setCurrent] = useState({ loaded, refused, draft: refused ?? loaded });
  if (current.loaded === loaded && (refused === null || current.refused === refused)) return current.draft;
  const draft = refused !== null && current.refused !== refused ? refused : loaded;
  setCurrent({ loaded, refused, draft });
  return draft;
}
