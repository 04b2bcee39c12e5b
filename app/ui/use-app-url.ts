import { useRootData } from '../root-data.ts';

/** The address of this installation, without a trailing slash; null where the root could not be loaded. */
export function useAppUrl(): string | null {
  return useRootData()?.appUrl ?? null;
}
