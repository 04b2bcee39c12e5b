import { data } from '@remix-run/node';
import {
  type ErrorDetails,
  type RefusalCode,
  refusalOf,
  refusalStatuses as statuses,
} from '#core/refusal.ts';

/** What was refused: as a procedure says it, or as the server's `AppError` does. */
type Refused = ErrorDetails & { message: string };

/** The HTTP status of a refusal. */
export const statusOf = (code: RefusalCode): number => statuses[code];

/** What a form shows when it was refused. */
export interface FormProblem {
  message: string;
  fields: Record<string, string>;
}

/** A problem with the form as a whole. */
export function formProblem(message: string): FormProblem {
  return { message, fields: {} };
}

/**
 * Reads what the server refused: in a procedure, or in what else it does for a page. The latter throws an `AppError`, known
 * by its name because its class is of another module graph. Null for any other error.
 */
export function appErrorOf(error: unknown): Refused | null {
  if (error instanceof Error && error.name === 'AppError') return error as Error & Refused;
  return refusalOf(error);
}

/**
 * Runs what an action does. A refusal that the person can mend comes back as a problem for the form to show; everything
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

/** Runs what a loader needs; a refusal becomes the error page of its status. */
export async function throwErrorPage<Result>(run: () => Promise<Result>): Promise<Result> {
  const outcome = await attempt(run);
  if (outcome.ok) return outcome.value;
  throw data(outcome.problem.message, { status: outcome.status, headers: privateHeaders });
}

/** The same for an address that names one thing: a malformed name is as good as an unknown one. */
export async function throwNotFound<Result>(run: () => Promise<Result>): Promise<Result> {
  const outcome = await attempt(run);
  if (outcome.ok) return outcome.value;
  const status = outcome.status === statuses['invalid-input'] ? statuses['not-found'] : outcome.status;
  const message = status === statuses['not-found'] ? null : outcome.problem.message;
  throw data(message, { status, headers: privateHeaders });
}

/** The error page of an address where there is nothing for this person. */
export function notFoundPage(): never {
  throw errorPage(statuses['not-found'], null);
}

/** An error page, to be thrown. @param message a sentence for the person */
export function errorPage(status: number, message: string | null) {
  return data(message, { status, headers: privateHeaders });
}

/** For every answer that shows something of a person's: kept by no cache, not even the browser's. */
export const privateHeaders = { 'Cache-Control': 'no-store, private', Vary: 'Cookie' };
