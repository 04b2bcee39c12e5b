import { useSyncExternalStore } from 'react';
import { useAppUrl } from '#app/ui/use-app-url.ts';

const never = () => () => {};

/** Whether this page was opened at the installation's own address, the only one its passkeys answer to (WebAuthn 3, 5.1.4). */
export function useIsOwnOrigin(): boolean {
  const appUrl = useAppUrl();
  return useSyncExternalStore(
    never,
    () => location.origin === appUrl,
    () => true,
  );
}

/** Whether passkeys work in this browser at this address; unknown until the script of the page has taken over. */
export function usePasskeySupport(): 'unknown' | 'elsewhere' | 'none' | 'works' {
  const isOwnOrigin = useIsOwnOrigin();
  return useSyncExternalStore(
    never,
    () => (!isOwnOrigin ? 'elsewhere' : typeof window.PublicKeyCredential === 'function' ? 'works' : 'none'),
    () => 'unknown',
  );
}

/** Whether passkeys are known to work here. */
export function usePasskeys(): boolean {
  return usePasskeySupport() === 'works';
}
