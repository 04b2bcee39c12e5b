import { useEffect } from 'react';

/** Once there is a draft its address stands in the window: loading the page again must not show an empty form. */
export function useDraftAddress(id: string, version: number): void {
  useEffect(() => {
    if (version > 0 && window.location.pathname === '/write')
      window.history.replaceState(window.history.state, '', `/write?draft=${id}`);
  }, [id, version]);
}
