import { ErrorSummary } from './error-summary.tsx';
import { Notice } from './notice.tsx';

/** What was refused of a form: at its fields where it concerns some, else in a sentence of its own. */
export function FormProblem({
  problem,
}: {
  problem: { message: string; fields: Record<string, string> } | null | undefined;
}) {
  if (!problem) return null;
  if (Object.keys(problem.fields).length > 0) return <ErrorSummary fields={problem.fields} />;
  return (
    <Notice kind="error" focusOn={problem}>
      <p>{problem.message}</p>
    </Notice>
  );
}
