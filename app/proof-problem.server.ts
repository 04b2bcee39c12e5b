import type { FormProblem } from './errors.server.ts';

/** What was refused of the proof is said at the field with the password, which is what people know. */
export function proofProblem({ message, fields }: FormProblem): FormProblem {
  const { proof, ...others } = fields;
  return { message, fields: proof ? { current: proof, ...others } : others };
}
