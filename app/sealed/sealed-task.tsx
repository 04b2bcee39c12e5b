import type { ReactNode } from 'react';
import { FormProblem, SealedForm } from '../components/index.ts';
import { ScriptIsOff } from './script-is-off.tsx';
import { useSealing } from './use-sealing.ts';

/** What the fields of a form have to know, in either mode. */
export interface FieldsState {
  wrong: Record<string, string>;
  busy: boolean;
}

/**
 * A form of a sealed session: the password stays in this page, and what it becomes goes to the server.
 *
 * @param work as {@link useSealing} takes it
 */
export function SealedTask({
  work,
  className = 'form',
  children,
}: {
  work: Parameters<typeof useSealing>[0];
  className?: string;
  children: (state: FieldsState) => ReactNode;
}) {
  const { busy, problem, onSeal } = useSealing(work);
  return (
    <>
      <ScriptIsOff />
      <FormProblem problem={problem} />
      <SealedForm className={className} onSeal={onSeal} deriving={busy}>
        {children({ wrong: problem?.fields ?? {}, busy })}
      </SealedForm>
    </>
  );
}
