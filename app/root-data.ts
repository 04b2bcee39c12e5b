import { useRouteLoaderData } from '@remix-run/react';
import type { Appearance } from './ui/appearance.ts';
import type { PersonNameProps } from './ui/person-name.tsx';

/** What every page knows about its user, from the loader of `root.tsx`. */
export interface RootData {
  person: { username: string; displayName: string } | null;
  /** When their account will be deleted, if they asked for it. */
  deleteAt: Date | null;
  newLetters: number;
  /** Friend requests and acceptances to be seen; null for visitors. */
  friendNews: { asking: PersonNameProps[]; accepted: (PersonNameProps & { invited: boolean })[] } | null;
  /** The user whose keys this browser may store; null where the session isn't sealed. */
  sealedUsername: string | null;
  /**
   * The same under its former name: a page loaded before the rename reads this, and without it would
   * show a form that posts in the clear.
   */
  keysOf: string | null;
  appearance: Appearance;
  appUrl: string;
  /**
   * IANA zone and locale of dates, chosen by the user or told by the browser; null where unknown.
   */
  timeZone: string | null;
  locale: string | null;
}

/** Returns the root's data; undefined where the root couldn't be loaded. */
export function useRootData(): RootData | undefined {
  return useRouteLoaderData<RootData>('root');
}
