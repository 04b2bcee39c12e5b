import type { AppClient } from '../http/api.server.ts';
import { sealedUsername } from './sealed-username.ts';

/**
 * Tells whether this session has unconfirmed recovery words. In a sealed session, only the browser
 * has them.
 */
export async function hasPendingPhrase(api: AppClient): Promise<boolean> {
  const me = await api.accounts.me.query();
  if (!me) return false;
  return sealedUsername(me) === null
    ? (await api.accounts.recoveryPhrase.query()) !== null
    : me.phraseUnconfirmed;
}

/**
 * Returns the `Clear-Site-Data` for logout. Storage is cleared only where a sealed session stored
 * keys, because that removes the service worker too, which then has to be fetched again. Cookies
 * are left to `Set-Cookie`: `"cookies"` would delete those of every host under our domain.
 */
export async function forgottenAtLogOut(api: AppClient): Promise<string> {
  const isSealed = sealedUsername(await api.accounts.me.query()) !== null;
  return isSealed ? '"cache", "storage"' : '"cache"';
}

/**
 * Tells whether the keys of a login waiting for its second factor are in the page that asked for
 * the password.
 */
export function waitsInBrowser({ mode }: { mode: 'sealed' | 'assisted' }): boolean {
  return mode === 'sealed';
}
