import { useState } from 'react';
import type { Sheet } from './read-writing.server.ts';

/**
 * The sheet as the server knows it best: as a refused form came back, else as it was loaded. An answer without a sheet,
 * which is what a form gets that found no network, changes nothing.
 */
export function useCurrentSheet(loaded: Sheet, refused: Sheet | null): Sheet {
  const [current, setCurrent] = useState({ loaded, refused, sheet: refused ?? loaded });
  if (current.loaded === loaded && (refused === null || current.refused === refused)) return current.sheet;
  const sheet = refused !== null && current.refused !== refused ? refused : loaded;
  setCurrent({ loaded, refused, sheet });
  return sheet;
}
