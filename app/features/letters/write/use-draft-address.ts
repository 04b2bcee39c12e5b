import { useEffect } from 'react';

/**
 * Puts the address of a saved draft into the address bar, so that reloading doesn't show an empty
 * form.
 */
export function useDraftAddress(id: string, version: number): void {
  useEffect(() => {
    if (version > 0 && window.location.pathname === '/write')
      window.history.replaceState(window.history.state, '', `/write?draft=${id}`);
  }, [id, version]);
}
