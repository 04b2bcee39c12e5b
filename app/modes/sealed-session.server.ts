import type { AppClient } from '../http/api.server.ts';
import { sealedUsername } from './sealed-username.ts';

/** Whether recovery words are to be confirmed in this session; those of a sealed one are in the browser alone. */
export async function hasPendingPhrase(api: AppClient): Promise<boolean> {
  const me = await api.accounts.me.query();
  if (!me) return false;
  return sealedUsername(me) === null
    ? (await api.accounts.recoveryPhrase.query()) !== null
    : me.phraseUnconfirmed;
}

/**
 * What a browser forgets at logout, as `Clear-Site-Data` says it. Its storage is cleared only where a sealed session kept
 * keys in it, because the service worker goes with it and has to be fetched anew. Cookies are left to `Set-Cookie`:
 * `"cookies"` would take those of every host under our domain.
 */
export async function forgottenAtLogOut(api: AppClient): Promise<string> {
  const isSealed = sealedUsername(await api.accounts.me.query()) !== null;
  return isSealed ? '"cache", "storage"' : '"cache"';
}

/** Whether the keys of a log-in that waits for its second factor are in the page that asked for the password. */
export function waitsInBrowser({ mode }: { mode: 'sealed' | 'assisted' }): boolean {
  return mode === 'sealed';
}
