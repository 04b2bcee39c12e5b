import type { ReactNode } from 'react';
import { useIsHydrated } from './use-is-hydrated.ts';

/**
 * Renders the page's scripts in the page the server writes, and nowhere else. In the browser they have already run;
 * and where a page breaks down and is drawn anew, React would create them from markup, which Trusted Types refuse,
 * and the error page would be empty.
 */
export function ServerOnly({ children }: { children: ReactNode }) {
  return useIsHydrated() ? null : children;
}
