import { type ActionFunctionArgs, data } from '@remix-run/node';
import type { AppClient } from '../http/api.server.ts';
import { attempt, type FormProblem, formProblem, privateHeaders } from '../http/errors.server.ts';
import { requireUserApi } from '../http/session.server.ts';
import { readForm } from '../http/uploads.server.ts';

export interface Post extends ActionFunctionArgs {
  api: AppClient;
  fields: Record<string, string>;
}

export interface Refusal {
  problem: FormProblem;
  typed: Record<string, string>;
}

type Run<Answer> = (post: Post) => Promise<Answer>;
/** The fields whose text is returned after a refusal; never a password. */
type Kept = readonly string[] | 'all';

/** Makes the `action` of a form for logged-in users. The form shows what procedures refuse. */
export function userAction<Answer>(kept: Kept, run: Run<Answer>) {
  return async (args: ActionFunctionArgs) =>
    answer(args, await requireUserApi(args.context, args.request), kept, run);
}

export function visitorAction<Answer>(kept: Kept, run: Run<Answer>) {
  return async (args: ActionFunctionArgs) => answer(args, await args.context.client(), kept, run);
}

async function answer<Answer>(args: ActionFunctionArgs, api: AppClient, kept: Kept, run: Run<Answer>) {
  const { fields, problem } = await readForm(args.request);
  const typed = Object.entries(fields).filter(([name]) => kept === 'all' || kept.includes(name));
  const refuse = (refused: FormProblem, status: number) => {
    const refusal: Refusal = { problem: atPassword(refused), typed: Object.fromEntries(typed) };
    return data(refusal, { status, headers: privateHeaders });
  };
  if (problem) return refuse(formProblem(problem), 400);
  const outcome = await attempt(() => run({ ...args, api, fields }));
  return outcome.ok ? outcome.value : refuse(outcome.problem, outcome.status);
}

/** Shows a refused proof at the password field, the part of it that users see. */
function atPassword({ message, fields }: FormProblem): FormProblem {
  const named = Object.entries(fields).map(([name, wrong]) => [name === 'proof' ? 'current' : name, wrong]);
  return { message, fields: Object.fromEntries(named) };
}
