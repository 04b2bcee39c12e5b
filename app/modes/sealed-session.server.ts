import type { AppClient } from '../http/api.server.ts';

/** Whether the keys of whoever is logged in are in their browser alone. */
export async function isSealed(api: AppClient): Promise<boolean> {
  return (await api.accounts.me.query())?.mode === 'sealed';
}

/** Whether the keys of a log-in that waits for its second factor are in the page that asked for the password. */
export function waitsInBrowser({ mode }: { mode: 'sealed' | 'assisted' }): boolean {
  return mode === 'sealed';
}
