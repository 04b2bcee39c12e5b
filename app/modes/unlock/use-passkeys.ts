import { useSyncExternalStore } from 'react';
import { useAppUrl } from '#app/ui/use-app-url.ts';

const never = () => () => {};

/**
 * Tells whether the page was opened at the installation's own origin, the only one its passkeys
 * work with (WebAuthn 3, 5.1.4).
 */
export function useIsOwnOrigin(): boolean {
  const appUrl = useAppUrl();
  return useSyncExternalStore(
    never,
    () => location.origin === appUrl,
    () => true,
  );
}

/** Tells whether passkeys work in this browser at this address; unknown until hydration. */
export function usePasskeySupport(): 'unknown' | 'elsewhere' | 'none' | 'works' {
  const isOwnOrigin = useIsOwnOrigin();
  return useSyncExternalStore(
    never,
    () => (!isOwnOrigin ? 'elsewhere' : typeof window.PublicKeyCredential === 'function' ? 'works' : 'none'),
    () => 'unknown',
  );
}

export function usePasskeys(): boolean {
  return usePasskeySupport() === 'works';
}
