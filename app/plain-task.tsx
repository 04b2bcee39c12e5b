import { Form, useNavigation } from '@remix-run/react';
import type { ReactNode } from 'react';
import { FormProblem } from './components/index.ts';
import type { FormProblem as Problem } from './errors.server.ts';
import type { FieldsState } from './sealed/sealed-task.tsx';

/** A form that is posted to its page: what `SealedTask` is where no script holds keys. */
export function PlainTask({
  problem,
  className = 'form',
  children,
}: {
  /** What the last post was refused for. */
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
