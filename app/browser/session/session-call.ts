import { parse, stringify } from 'devalue';
import type { SessionStep, StepAnswer, StepInput } from '#app/http/session-steps.server.ts';

/** What the server refused of a step, in a sentence for the person. */
export class SessionRefusal extends Error {
  override readonly name = 'SessionRefusal';
  readonly code: string;
  readonly fields: Record<string, string>;

  constructor(refused: { code: string; message: string; fields: Record<string, string> }) {
    super(refused.message);
    this.code = refused.code;
    this.fields = refused.fields;
  }
}

/**
 * Has the server do one step of this browser's session (app/features/account/log-in/session.route.ts); the session itself is kept in
 * cookies.
 *
 * @throws SessionRefusal, and what `fetch` throws without a network
 */
export async function callSession<Step extends SessionStep>(
  step: Step,
  input: StepInput<Step>,
): Promise<StepAnswer<Step>> {
  const response = await fetch('/session', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: stringify({ do: step, input }),
  });
  const type = response.headers.get('Content-Type') ?? '';
  if (!type.startsWith('application/json')) throw new Error(`The server answered ${response.status}.`);
  const answer = parse(await response.text());
  if ('refused' in answer) throw new SessionRefusal(answer.refused);
  return answer;
}
