import type { AppClient } from '../http/api.server.ts';
import { hasPendingPhrase } from './sealed-session.server.ts';

/**
 * Returns where to redirect a user with a session who opens the login or join page; null for anyone
 * else. A session meant only for recovery words doesn't prevent logging in once they are confirmed.
 */
export async function homeOf(api: AppClient, inbox = '/inbox'): Promise<string | null> {
  const me = await api.accounts.me.query();
  if (me?.stage === 'full') return inbox;
  return (await hasPendingPhrase(api)) ? '/join/words' : null;
}
