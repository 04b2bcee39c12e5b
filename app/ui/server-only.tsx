import type { ReactNode } from 'react';
import { useIsHydrated } from './use-is-hydrated.ts';

/**
 * Renders the page's scripts on the server only. In the browser they have already run. After an
 * error, React would create them from markup, which Trusted Types refuse, and the error page would
 * be empty.
 */
export function ServerOnly({ children }: { children: ReactNode }) {
  return useIsHydrated() ? null : children;
}
