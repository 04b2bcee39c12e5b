import { useRootData } from '../root-data.ts';

/**
 * Returns the user of the page's sealed session; null where the server holds the keys, or without a
 * user.
 *
 * @throws Error when a newer or older server doesn't say. Taking that for null would show a form
 *   that posts a password in the clear.
 */
export function useSealedUsername(): string | null {
  const data = useRootData();
  if (!data) return null;
  if (data.sealedUsername === undefined) throw new Error('The server has another version than this page.');
  return data.sealedUsername;
}
