import { useLocation } from '@remix-run/react';
import { useEffect } from 'react';
import type { PendingKeys } from '#app/browser/session/log-in.ts';
import { callSession } from '#app/browser/session/session-call.ts';
import type { StepAnswer } from '#app/http/session-steps.server.ts';
import { SubmitButton } from '#app/ui/button.tsx';
import { FormProblem } from '#app/ui/form-problem.tsx';
import { PageHeading } from '#app/ui/page-shell.tsx';
import { SealedForm } from '#app/ui/sealed-fields.tsx';
import { useSealing } from '../use-sealing.ts';
import { CodeField } from './code-field.tsx';
import { NoCodeLeft } from './no-code-left.tsx';
import { PasskeyLogIn } from './passkey-log-in.tsx';
import { wayOn } from './way-on.ts';

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
  const { app, codes, passkeys } = waiting.wanted;
  const { pathname, search } = useLocation();
  // What had the focus has made way for this.
  useEffect(() => document.getElementById('code')?.focus(), []);
  const finish = async (answer: StepAnswer<'code'>) => {
    const { takeKeys } = await import('#app/browser/session/log-in.ts');
    await takeKeys(waiting, answer);
    // A page of its own: nothing of this one stays in memory.
    location.assign(wayOn(answer.outcome, to));
  };
  const { busy, problem, onSeal } = useSealing(async (fields) => {
    await finish(await callSession('code', { code: String(fields.get('code')) }));
    return 'leaving';
  });
  return (
    <>
      <PageHeading title="One more thing">
        <p>
          The password is right, <strong>{waiting.username}</strong>. Your account asks for a second proof
          that it is you.
        </p>
      </PageHeading>
      <FormProblem problem={problem} />
      {passkeys ? <PasskeyLogIn finish={finish} /> : null}
      {app || codes ? (
        <SealedForm className="form" onSeal={onSeal}>
          <CodeField error={problem?.fields.code} app={app} />
          <SubmitButton pending={busy} pendingLabel="Opening your letters…">
            Go on
          </SubmitButton>
        </SealedForm>
      ) : (
        <NoCodeLeft />
      )}
      <p className="form-aside">
        <a href={pathname + search}>Begin again</a>
      </p>
    </>
  );
}
