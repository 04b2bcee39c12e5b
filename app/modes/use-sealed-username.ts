import { useRootData } from '../root-data.ts';

/** Whose sealed session this page is of; null where the server holds the keys, or nobody is logged in. */
export function useSealedUsername(): string | null {
  return useRootData()?.sealedUsername ?? null;
}
