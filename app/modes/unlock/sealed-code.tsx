import { useLocation } from '@remix-run/react';
import { useEffect } from 'react';
import type { PendingKeys } from '#app/browser/session/log-in.ts';
import { callSession } from '#app/browser/session/session-call.ts';
import type { StepAnswer } from '#app/http/session-steps.server.ts';
import { CodeStep } from './code-step.tsx';
import { redirectAfterLogIn } from './redirect-after-log-in.ts';

/**
 * A sealed login waiting for its second factor. Only this page has its keys, so it must be
 * completed here.
 */
export interface WaitingLogIn extends PendingKeys {
  wanted: StepAnswer<'wanted'>;
}

export async function waitFor(pending: PendingKeys): Promise<WaitingLogIn> {
  return { ...pending, wanted: await callSession('wanted', null) };
}

export function SealedCode({ waiting, to }: { waiting: WaitingLogIn; to: string }) {
  const { pathname, search } = useLocation();
  // The focused element is gone.
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
