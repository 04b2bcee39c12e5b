import type { ReactNode } from 'react';
import { useIsHydrated } from './components/index.ts';

/**
 * Shows the page's scripts in the page the server wrote, and nowhere else. In the browser they have run; and where a page
 * breaks down and is drawn anew, React would make them from markup, which Trusted Types refuse: the error page would be
 * an empty one.
 */
export function OnlyAtFirst({ children }: { children: ReactNode }) {
  return useIsHydrated() ? null : children;
}
