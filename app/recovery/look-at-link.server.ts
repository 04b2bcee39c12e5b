import type { LoadContext } from '../api.server.ts';
import { attempt } from '../errors.server.ts';

/**
 * Whether a reset link still works. Who asked too often is not told that it is spent: the form stays, with what was typed
 * in it, and says to wait.
 */
export async function lookAtLink(
  context: LoadContext,
  token: string,
): Promise<{ works: boolean; status: number; problem: string | null }> {
  const api = await context.api();
  const outcome = await attempt(() => api.accounts.checkReset({ token }));
  if (outcome.ok) return { works: true, status: 200, problem: null };
  const { status, problem } = outcome;
  return status === 429
    ? { works: true, status, problem: problem.message }
    : { works: false, status, problem: null };
}
