import { data, type LoaderFunctionArgs } from '@remix-run/node';
import type { LoadContext } from '#app/http/api.server.ts';
import { attempt, type FormProblem, privateHeaders } from '#app/http/errors.server.ts';

interface ResetLink {
  works: boolean;
  /** Whose password it is about; unknown to whoever asked too often. */
  username: string | null;
  asksForCode: boolean;
  /** Whether the owner wants no form to take words and password. */
  assistedForbidden: boolean;
  problem: FormProblem | null;
}

/** For the pages behind a reset link. */
export async function loadResetLink({ params, context }: LoaderFunctionArgs) {
  const token = params.token ?? '';
  const { status, ...link } = await lookAt(context, token);
  return data({ ...link, token }, { status, headers: privateHeaders });
}

/**
 * Whether it still works, and what is wanted with it. Who asked too often is not told that it is spent: the form stays,
 * with what was typed in it, and says to wait.
 */
async function lookAt(context: LoadContext, token: string): Promise<ResetLink & { status: number }> {
  const api = await context.client();
  const outcome = await attempt(() => api.accounts.checkReset.query({ token }));
  if (outcome.ok) return { works: true, ...outcome.value, status: 200, problem: null };
  const { status, problem } = outcome;
  const unknown = { username: null, asksForCode: false, assistedForbidden: false, status };
  return status === 429 ? { works: true, ...unknown, problem } : { works: false, ...unknown, problem: null };
}
