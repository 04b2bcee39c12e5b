import { parse, stringify } from 'devalue';
import type { SessionStep, StepAnswer, StepInput } from '#app/http/session-steps.server.ts';

/** The server refused a session step; `message` is for the user. */
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
 * Asks the server to run a step of this browser's session
 * (app/features/account/log-in/session.route.ts). Cookies hold the session itself.
 *
 * @throws SessionRefusal, and whatever `fetch` throws without a network
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
