import { useRootData } from '../root-data.ts';

/**
 * Returns the URL of this installation, without a trailing slash; null where the root couldn't be
 * loaded.
 */
export function useAppUrl(): string | null {
  return useRootData()?.appUrl ?? null;
}
