import type { LoadContext } from '../api.server.ts';
import { attempt } from '../errors.server.ts';

interface Looked {
  works: boolean;
  asksForCode: boolean;
  /** Whether the owner wants no form to take words and password. */
  assistedForbidden: boolean;
  status: number;
  problem: string | null;
}

/**
 * Whether a reset link still works, and what is wanted with it. Who asked too often is not told that it is spent: the form
 * stays, with what was typed in it, and says to wait.
 */
export async function lookAtLink(context: LoadContext, token: string): Promise<Looked> {
  const api = await context.api();
  const outcome = await attempt(() => api.accounts.checkReset({ token }));
  if (outcome.ok) return { works: true, ...outcome.value, status: 200, problem: null };
  const { status, problem } = outcome;
  const unknown = { asksForCode: false, assistedForbidden: false, status };
  return status === 429
    ? { works: true, ...unknown, problem: problem.message }
    : { works: false, ...unknown, problem: null };
}
