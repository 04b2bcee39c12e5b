import { useRootData } from '../root-data.ts';

/**
 * Returns the user of the page's sealed session; null where the server holds the keys, or without a
 * user.
 */
export function useSealedUsername(): string | null {
  return useRootData()?.sealedUsername ?? null;
}
