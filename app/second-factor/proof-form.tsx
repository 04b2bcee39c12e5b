import { Form, useNavigation } from '@remix-run/react';
import type { ReactNode } from 'react';
import type { Bytes } from '#core/bytes.ts';
import { Field, FormProblem, SubmitButton, type SubmitButtonProps } from '../components/index.ts';
import type { FormProblem as Problem } from '../errors.server.ts';
import { type FieldsState, SealedTask } from '../sealed/sealed-task.tsx';
import { useKeysOf } from '../sealed/use-keys-of.ts';
import { CodeField } from './code-field.tsx';

/** What shows that a change is its owner's, for a form that the script sends. */
export interface Shown {
  proof: { authKey: Bytes } | { password: string };
  code: string;
}

interface ProofFormProps {
  /** Whether there is a second factor already, so that a code is wanted as well. */
  asksForCode: boolean;
  problem: Problem | null | undefined;
  button: string;
  kind?: SubmitButtonProps['kind'];
  /** The same change by the script: in a sealed session the password stays in the page. */
  change(shown: Shown): Promise<void>;
  /** Whether only a script can do it, whatever the session. */
  scripted?: boolean;
}

/** The form in front of every change of how the account is entered. */
export function ProofForm({ asksForCode, problem, button, kind, change, scripted }: ProofFormProps) {
  const keysOf = useKeysOf();
  const busy = useNavigation().state !== 'idle';
  const fields = (state: FieldsState): ReactNode => (
    <>
      <Field
        name="current"
        type="password"
        label="Your password"
        error={state.wrong.current}
        required
        autoComplete="current-password"
      />
      {asksForCode ? <CodeField error={state.wrong.code} /> : null}
      <SubmitButton kind={kind} pending={state.busy} pendingLabel="One moment…">
        {button}
      </SubmitButton>
    </>
  );
  if (keysOf === null && !scripted) {
    return (
      <>
        <FormProblem problem={problem} />
        <Form method="post" className="form" noValidate>
          {fields({ wrong: problem?.fields ?? {}, busy })}
        </Form>
      </>
    );
  }
  const work = async (given: FormData) => {
    const password = String(given.get('current'));
    const { proofOf } = await import('../sealed/prove-password.ts');
    const proof = keysOf === null ? { password } : await proofOf(keysOf, password);
    await change({ proof, code: String(given.get('code') ?? '') });
    return 'staying' as const;
  };
  return <SealedTask work={work}>{fields}</SealedTask>;
}
