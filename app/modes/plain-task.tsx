import { Form, useNavigation } from '@remix-run/react';
import type { ReactNode } from 'react';
import type { FormProblem as Problem } from '../http/errors.server.ts';
import { FormProblem } from '../ui/form-problem.tsx';
import type { FieldsState } from './sealed-task.tsx';

/** A form that is posted to its own page: the counterpart of `SealedTask` where no script holds keys. */
export function PlainTask({
  problem,
  className = 'form',
  children,
}: {
  /** Why the last post was refused. */
  problem: Problem | null | undefined;
  className?: string;
  children: (state: FieldsState) => ReactNode;
}) {
  const busy = useNavigation().state !== 'idle';
  return (
    <>
      <FormProblem problem={problem} />
      <Form method="post" className={className} noValidate>
        {children({ wrong: problem?.fields ?? {}, busy })}
      </Form>
    </>
  );
}
