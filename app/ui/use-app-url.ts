import { useRouteLoaderData } from '@remix-run/react';
import type { RootData } from '../root.tsx';

/** The address of this installation, without a trailing slash; null where the root could not be loaded. */
export function useAppUrl(): string | null {
  return useRouteLoaderData<RootData>('root')?.appUrl ?? null;
}
