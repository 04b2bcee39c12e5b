import { useLocation } from '@remix-run/react';
import { type ReactNode, useSyncExternalStore } from 'react';
import { Notice } from '../ui/notice.tsx';
import { useAppUrl } from '../ui/use-app-url.ts';

const never = () => () => {};

/**
 * Tells whether the browser disables cryptography because the page came over plain http from
 * another machine.
 */
export function useIsInsecure(): boolean {
  return useSyncExternalStore(
    never,
    () => !window.isSecureContext,
    () => false,
  );
}

/** Replaces a form whose script needs WebCrypto (Secure Contexts, 3.1). */
export function InsecureContext() {
  const { pathname, search } = useLocation();
  const appUrl = useAppUrl();
  return (
    <Notice kind="error" title="This page needs a secure connection">
      {appUrl?.startsWith('https:') ? (
        <p>
          It was opened over http, where browsers don’t encrypt.{' '}
          <a href={appUrl + pathname + search}>Open it at {appUrl}</a>
        </p>
      ) : (
        <p>
          It was opened over http, where browsers don’t encrypt, so your keys can’t be made or opened here.
          Ask the person who runs this server to set up https. On a network you trust, you can also turn
          JavaScript off for this site and reload the page: the server then encrypts for you.
        </p>
      )}
    </Notice>
  );
}

/**
 * Warns before anything is typed into a form that works anywhere but leads to pages that need
 * WebCrypto.
 */
export function SecureOnly({ children }: { children: ReactNode }) {
  return useIsInsecure() ? <InsecureContext /> : children;
}
