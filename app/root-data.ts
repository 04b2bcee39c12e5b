import { useRouteLoaderData } from '@remix-run/react';
import type { Appearance } from './ui/appearance.ts';

/** What every page knows of whoever looks at it, from the loader of `root.tsx`. */
export interface RootData {
  /** Whoever is logged in, once they have joined. */
  person: { username: string; displayName: string } | null;
  /** When their account is to be deleted, if they asked for it. */
  deleteAt: Date | null;
  /** Letters that are not opened yet. */
  newLetters: number;
  /** Whose keys this browser may hold; null where the session is not sealed. */
  sealedUsername: string | null;
  appearance: Appearance;
  /** The address of this installation, without a trailing slash. */
  appUrl: string;
  /** IANA zone and locale of dates, as the person has chosen or the browser has told; null where neither is known. */
  timeZone: string | null;
  locale: string | null;
}

/** Reads the root's data; undefined where the root could not be loaded. */
export function useRootData(): RootData | undefined {
  return useRouteLoaderData<RootData>('root');
}
