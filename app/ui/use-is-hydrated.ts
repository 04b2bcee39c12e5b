import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** False on the server, and in the browser until the script of the page has taken over. */
export function useIsHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
