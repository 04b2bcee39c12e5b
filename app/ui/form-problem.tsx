import { ErrorSummary } from './error-summary.tsx';
import { fieldName } from './field-name.ts';
import { Notice } from './notice.tsx';

/**
 * Shows why a form was refused: in a summary linked to its fields, or as one message, if it isn't
 * about a field that the user sees.
 */
export function FormProblem({
  problem,
  wrong = problem?.fields,
}: {
  problem: { message: string; fields: Record<string, string> } | null | undefined;
  /** The fields that are still wrong ({@link useMended}). */
  wrong?: Record<string, string> | undefined;
}) {
  if (!problem) return null;
  if (Object.keys(problem.fields).some(fieldName))
    return <ErrorSummary fields={wrong} focusOn={problem.fields} />;
  return (
    <Notice kind="error" focusOn={problem}>
      <p>{problem.message}</p>
    </Notice>
  );
}
