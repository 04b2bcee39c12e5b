import type { LoadContext } from '../api.server.ts';
import { attempt } from '../errors.server.ts';

/**
 * Whether a reset link still works, and a code is wanted with it. Who asked too often is not told that it is spent: the form stays, with what was typed
 * in it, and says to wait.
 */
export async function lookAtLink(
  context: LoadContext,
  token: string,
): Promise<{ works: boolean; asksForCode: boolean; status: number; problem: string | null }> {
  const api = await context.api();
  const outcome = await attempt(() => api.accounts.checkReset({ token }));
  if (outcome.ok) return { works: true, ...outcome.value, status: 200, problem: null };
  const { status, problem } = outcome;
  return status === 429
    ? { works: true, asksForCode: false, status, problem: problem.message }
    : { works: false, asksForCode: false, status, problem: null };
}
