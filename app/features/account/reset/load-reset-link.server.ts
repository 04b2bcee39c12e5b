import { data, type LoaderFunctionArgs } from '@remix-run/node';
import type { LoadContext } from '#app/http/api.server.ts';
import { attempt, type FormProblem, privateHeaders } from '#app/http/errors.server.ts';

interface ResetLink {
  works: boolean;
  /** Null when the request was rate-limited. */
  username: string | null;
  asksForCode: boolean;
  /** Whether the user turned off login and resets without JavaScript. */
  assistedForbidden: boolean;
  problem: FormProblem | null;
}

export async function loadResetLink({ params, context }: LoaderFunctionArgs) {
  const token = params.token ?? '';
  const { status, ...link } = await lookAt(context, token);
  return data({ ...link, token }, { status, headers: privateHeaders });
}

/**
 * Checks the link and what it requires. A rate-limited user keeps the form and what they typed, and
 * is asked to wait, instead of reading that the link is spent.
 */
async function lookAt(context: LoadContext, token: string): Promise<ResetLink & { status: number }> {
  const api = await context.client();
  const outcome = await attempt(() => api.accounts.checkReset.query({ token }));
  if (outcome.ok) return { works: true, ...outcome.value, status: 200, problem: null };
  const { status, problem } = outcome;
  const unknown = { username: null, asksForCode: false, assistedForbidden: false, status };
  return status === 429 ? { works: true, ...unknown, problem } : { works: false, ...unknown, problem: null };
}
