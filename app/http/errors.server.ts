import { data } from '@remix-run/node';
import {
  type ErrorDetails,
  type RefusalCode,
  refusalOf,
  refusalStatuses as statuses,
} from '#core/refusal.ts';

type Refused = ErrorDetails & { message: string };

export const statusOf = (code: RefusalCode): number => statuses[code];

export interface FormProblem {
  message: string;
  fields: Record<string, string>;
}

export function formProblem(message: string): FormProblem {
  return { message, fields: {} };
}

/**
 * Reads a refusal by a procedure or by other server code; null for any other error. The latter
 * throws an `AppError`, which is recognised by name because its class is from another module graph.
 */
export function appErrorOf(error: unknown): Refused | null {
  if (error instanceof Error && error.name === 'AppError') return error as Error & Refused;
  return refusalOf(error);
}

/**
 * Runs an action's work. Returns a refusal that the user can fix, for the form to show; everything
 * else goes to the error page.
 */
export async function attempt<Result>(
  run: () => Promise<Result>,
): Promise<
  { ok: true; value: Result } | { ok: false; problem: FormProblem; status: number; code: RefusalCode }
> {
  try {
    return { ok: true, value: await run() };
  } catch (thrown) {
    const error = appErrorOf(thrown);
    if (!error) throw thrown;
    return {
      ok: false,
      problem: { message: error.message, fields: error.fields ?? {} },
      status: statuses[error.code],
      code: error.code,
    };
  }
}

/** Runs a loader's work; a refusal becomes the error page of its status. */
export async function throwErrorPage<Result>(run: () => Promise<Result>): Promise<Result> {
  const outcome = await attempt(run);
  if (outcome.ok) return outcome.value;
  throw data(outcome.problem.message, { status: outcome.status, headers: privateHeaders });
}

/** Runs a loader's work for an address that names one thing; a malformed name counts as unknown. */
export async function throwNotFound<Result>(run: () => Promise<Result>): Promise<Result> {
  const outcome = await attempt(run);
  if (outcome.ok) return outcome.value;
  const status = outcome.status === statuses['invalid-input'] ? statuses['not-found'] : outcome.status;
  const message = status === statuses['not-found'] ? null : outcome.problem.message;
  throw data(message, { status, headers: privateHeaders });
}

export function notFoundPage(): never {
  throw errorPage(statuses['not-found'], null);
}

/** Makes an error page to throw. @param message for the user */
export function errorPage(status: number, message: string | null) {
  return data(message, { status, headers: privateHeaders });
}

/** Headers of every response with a user's data: no cache stores it, not even the browser's. */
export const privateHeaders = { 'Cache-Control': 'no-store, private', Vary: 'Cookie' };
