import type { ServerResponse } from 'node:http';
import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import { networkOf } from '../limits/network-of.ts';
import { createKeyedSemaphore } from '../memory/keyed-semaphore.ts';

/**
 * Concurrent requests per account, and per address without a login. Others wait, so that everyone
 * else is served in between. An account's turn lasts until its answer is taken. A stranger's lasts
 * only until the answer is made, and only without a body: a slow client would otherwise block its
 * address.
 */
const accounts = createKeyedSemaphore({ permits: 8, maxWaiting: 100 });
const strangers = createKeyedSemaphore({ permits: 16, maxWaiting: 500 });

interface Turn {
  answered(): void;
}

/**
 * Waits for a request's turn; null when too many of the same account or address are waiting, or the
 * client has gone.
 */
export async function takeTurn(
  outgoing: ServerResponse,
  method: string,
  { token, clientAddress }: { token: string | null; clientAddress: string },
  contextOnce: () => Promise<Context>,
): Promise<Turn | null> {
  // The page itself reports why the session was not found.
  const context = token ? await contextOnce().catch(() => null) : null;
  const account = context?.actor?.userId;
  if (!account && method !== 'GET') return { answered: () => {} };
  const acquired = account ? accounts.acquire(account) : strangers.acquire(networkOf(clientAddress));
  const giveBack = await acquired.catch((error: unknown) => {
    if (error instanceof AppError) return null;
    throw error;
  });
  if (!giveBack) return null;
  if (outgoing.closed || outgoing.destroyed) {
    giveBack();
    return null;
  }
  if (!account) return { answered: giveBack };
  let made = false;
  // An answer still being made for a client that has gone keeps its turn.
  const end = () => {
    if (made && outgoing.closed) giveBack();
  };
  outgoing.once('close', end);
  return {
    answered() {
      made = true;
      end();
    },
  };
}
