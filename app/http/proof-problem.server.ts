import type { FormProblem } from './errors.server.ts';

/** Shows a refused proof at the password field, which is the part of it that people know. */
export function proofProblem({ message, fields }: FormProblem): FormProblem {
  const named = Object.entries(fields).map(([name, wrong]) => [name === 'proof' ? 'current' : name, wrong]);
  return { message, fields: Object.fromEntries(named) };
}
