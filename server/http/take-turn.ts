import type { ServerResponse } from 'node:http';
import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import { networkOf } from '../limits/network-of.ts';
import { createKeyedSemaphore } from '../memory/keyed-semaphore.ts';

/**
 * What is done at once for one account, and for one address nobody is logged in at. More of it waits, so that everybody
 * else is served in between. An account's turn lasts until its answer is taken; a stranger's only until it is made, and
 * only where no body is awaited: somebody slow at the same address would be in the way.
 */
const accounts = createKeyedSemaphore({ permits: 8, maxWaiting: 100 });
const strangers = createKeyedSemaphore({ permits: 16, maxWaiting: 500 });

interface Turn {
  /** To be called when the answer is made. */
  answered(): void;
}

/** Waits for a request's turn; null when too many of the same account or address wait already, or nobody waits any more. */
export async function takeTurn(
  outgoing: ServerResponse,
  method: string,
  { token, clientAddress }: { token: string | null; clientAddress: string },
  contextOnce: () => Promise<Context>,
): Promise<Turn | null> {
  // Whatever keeps the session from being found is for the page to tell.
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
  // What is still being made for somebody who has gone keeps its turn.
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
