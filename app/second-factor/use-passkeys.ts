import { useSyncExternalStore } from 'react';

/** Whether this browser knows passkeys; false until the script of the page has taken over. */
export function usePasskeys(): boolean {
  return useSyncExternalStore(
    () => () => {},
    () => typeof window.PublicKeyCredential === 'function',
    () => false,
  );
}
