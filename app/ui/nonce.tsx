import { createContext, useContext } from 'react';

const Nonce = createContext<string | undefined>(undefined);

export const NonceProvider = Nonce.Provider;

/**
 * Returns the nonce of this page's scripts; undefined in the browser, where it must not be read
 * back (CSP3, 8.2).
 */
export function useNonce(): string | undefined {
  return useContext(Nonce);
}
