import type { ReactNode } from 'react';
import type { FormProblem as Problem } from '../http/errors.server.ts';
import { FormProblem } from '../ui/form-problem.tsx';
import { SealedForm } from '../ui/sealed-fields.tsx';
import { ScriptIsOff } from './script-is-off.tsx';
import { useSealing } from './use-sealing.ts';

/** What the fields of a form have to know, in either mode. */
export interface FieldsState {
  wrong: Record<string, string>;
  busy: boolean;
}

/** A form of a sealed session: the password stays in this page, and what it becomes goes to the server. */
export function SealedTask({
  work,
  problem: before = null,
  className = 'form',
  children,
}: {
  /** As {@link useSealing} takes it. */
  work: Parameters<typeof useSealing>[0];
  /** What was wrong before anything was done. */
  problem?: Problem | null;
  className?: string;
  children: (state: FieldsState) => ReactNode;
}) {
  const { busy, problem, onSeal } = useSealing(work);
  return (
    <>
      <ScriptIsOff />
      <FormProblem problem={problem ?? before} />
      <SealedForm className={className} onSeal={onSeal} deriving={busy}>
        {children({ wrong: problem?.fields ?? {}, busy })}
      </SealedForm>
    </>
  );
}
