import { stringify } from 'devalue';
import type { AppCaller } from '../http/api.server.ts';
import type { SealedData } from './open-sealed.ts';

/** Whether the keys of whoever is logged in are in their browser alone. */
export async function isSealed(api: AppCaller): Promise<boolean> {
  return (await api.accounts.me())?.mode === 'sealed';
}

/** Whether the keys of a log-in that waits for its second factor are in the page that asked for the password. */
export function waitsInBrowser({ mode }: { mode: 'sealed' | 'assisted' }): boolean {
  return mode === 'sealed';
}

/** Puts something sealed into a page, as text: bytes and dates survive, and the page's script opens it. */
export async function sealedData(api: AppCaller, view: unknown): Promise<SealedData> {
  return { username: (await api.accounts.me())?.username ?? '', text: stringify(view) };
}
