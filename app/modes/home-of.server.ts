import type { AppClient } from '../http/api.server.ts';
import { hasPendingPhrase } from './sealed-session.server.ts';

/**
 * Where to send somebody who already has a session and opens the log-in or the join page; null for everybody else. A
 * session that was only meant for its recovery words does not keep anybody from logging in once they are confirmed.
 */
export async function homeOf(api: AppClient, inbox = '/inbox'): Promise<string | null> {
  const me = await api.accounts.me.query();
  if (me?.stage === 'full') return inbox;
  return (await hasPendingPhrase(api)) ? '/join/words' : null;
}
