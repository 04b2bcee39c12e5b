import type { ActionFunctionArgs } from '@remix-run/node';
import { stringify } from 'devalue';
import type { LoadContext } from '#app/http/api.server.ts';
import { attempt, privateHeaders } from '#app/http/errors.server.ts';
import { readWhole } from '#app/http/form-body.server.ts';
import { challengeCookie, sessionHeaders } from '#app/http/session.server.ts';
import { cookieParts, type SessionStep, sessionSteps } from '#app/http/session-steps.server.ts';

/** Fits a few wrapped keys, names and addresses. */
const BODY_MAX = 20_000;

/**
 * Runs one step of a session whose keys are in the browser. The request is `{do, input}` as
 * devalue's text. The session it starts or renews appears in the response's cookies only.
 */
export async function action({ request, context }: ActionFunctionArgs) {
  const asked = await readStep(request, context);
  if (!asked) return answer({ refused: unreadable }, 400);
  const step = sessionSteps[asked.do](await context.client(), context.challenge ?? '');
  // The procedure validates it.
  const outcome = await attempt(() => (step as (input: unknown) => Promise<StepOutcome>)(asked.input));
  if (!outcome.ok) return answer({ refused: { code: outcome.code, ...outcome.problem } }, outcome.status);
  return answer(withoutCookies(outcome.value), 200, cookiesOf(context, outcome.value));
}

const unreadable = { code: 'invalid-input', message: 'We can’t read this request.', fields: {} };

type StepOutcome = object | Parameters<typeof sessionHeaders>[1] | Parameters<typeof challengeCookie>[1];

async function readStep(
  request: Request,
  context: LoadContext,
): Promise<{ do: SessionStep; input: unknown } | null> {
  const { outcome, bytes } = await readWhole(request, BODY_MAX);
  if (outcome !== 'whole') return null;
  const body = context.readInput(new TextDecoder().decode(bytes));
  if (typeof body !== 'object' || body === null || !('do' in body) || !('input' in body)) return null;
  const { do: step, input } = body;
  const known = typeof step === 'string' && Object.hasOwn(sessionSteps, step);
  return known ? { do: step as SessionStep, input } : null;
}

function cookiesOf(context: LoadContext, outcome: StepOutcome): Headers {
  if (outcome && 'challenge' in outcome)
    return new Headers({ 'Set-Cookie': challengeCookie(context, outcome) });
  if (!outcome || !('token' in outcome)) return new Headers();
  const headers = sessionHeaders(context, outcome);
  if (context.challenge) headers.append('Set-Cookie', challengeCookie(context, null));
  return headers;
}

function withoutCookies(outcome: StepOutcome): object {
  const known = Object.entries(outcome ?? {});
  return Object.fromEntries(known.filter(([name]) => !(cookieParts as readonly string[]).includes(name)));
}

function answer(body: object, status: number, headers = new Headers()): Response {
  headers.set('Content-Type', 'application/json');
  for (const [name, value] of Object.entries(privateHeaders)) headers.set(name, value);
  return new Response(stringify(body), { status, headers });
}
