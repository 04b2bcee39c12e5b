import type { FormProblem } from './errors.server.ts';

/** What was refused of the proof is said at the field with the password, which is what people know. */
export function proofProblem({ message, fields }: FormProblem): FormProblem {
  const named = Object.entries(fields).map(([name, wrong]) => [name === 'proof' ? 'current' : name, wrong]);
  return { message, fields: Object.fromEntries(named) };
}
