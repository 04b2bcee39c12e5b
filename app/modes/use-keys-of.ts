import { useRouteLoaderData } from '@remix-run/react';
import type { RootData } from '../root.tsx';

/** Whose sealed session this page is of; null where the server holds the keys, or nobody is logged in. */
export function useKeysOf(): string | null {
  return useRouteLoaderData<RootData>('root')?.keysOf ?? null;
}
