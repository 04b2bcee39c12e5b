import { z } from 'zod';

/** Turns a zod error into a message and one message per field. */
export function fieldProblems(error: z.ZodError): { message: string; fields: Record<string, string> } {
  const { fieldErrors, formErrors } = z.flattenError(error) as {
    fieldErrors: Record<string, string[] | undefined>;
    formErrors: string[];
  };
  const fields = Object.fromEntries(
    Object.entries(fieldErrors).flatMap(([field, messages]) => (messages?.[0] ? [[field, messages[0]]] : [])),
  );
  const message = Object.values(fields)[0] ?? formErrors[0] ?? 'Please check this form.';
  return { message, fields };
}
