import { useLocation } from '@remix-run/react';
import { useEffect } from 'react';
import type { PendingKeys } from '#app/browser/session/log-in.ts';
import { callSession } from '#app/browser/session/session-call.ts';
import type { StepAnswer } from '#app/http/session-steps.server.ts';
import { CodeStep } from './code-step.tsx';
import { redirectAfterLogIn } from './redirect-after-log-in.ts';

/** A sealed log-in that waits: its keys are in this page and nowhere else, so it is finished here. */
export interface WaitingLogIn extends PendingKeys {
  wanted: StepAnswer<'wanted'>;
}

/** What the log-in asks for beside the password. */
export async function waitFor(pending: PendingKeys): Promise<WaitingLogIn> {
  return { ...pending, wanted: await callSession('wanted', null) };
}

/** In the place of the form for the password, once that was right. */
export function SealedCode({
  waiting,
  to,
}: {
  waiting: WaitingLogIn;
  /** Where the person wanted to go. */
  to: string;
}) {
  const { pathname, search } = useLocation();
  // What had the focus has made way for this.
  useEffect(() => document.getElementById('code')?.focus(), []);
  const finish = async (answer: StepAnswer<'code'>) => {
    const { takeKeys } = await import('#app/browser/session/log-in.ts');
    await takeKeys(waiting, answer);
    return { load: redirectAfterLogIn(answer.outcome, to) };
  };
  return (
    <CodeStep
      kind="script"
      username={waiting.username}
      wanted={waiting.wanted}
      run={async ({ fields: { code = '' } }) => finish(await callSession('code', { code }))}
      finish={finish}
      again={<a href={pathname + search}>Start again</a>}
    />
  );
}
