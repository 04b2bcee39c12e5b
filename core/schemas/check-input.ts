import type { ZodType, z } from 'zod';
import { fieldProblems } from './field-problems.ts';

/** Thrown for an invalid input; `fields` says what is wrong with each field. */
export class InputRefused extends Error {
  override readonly name = 'InputRefused';
  readonly fields: Record<string, string>;

  constructor({ message, fields }: { message: string; fields: Record<string, string> }) {
    super(message);
    this.fields = fields;
  }
}

/** Checks an input before a call, as the server does. @throws InputRefused */
export function checkInput<Schema extends ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const checked = schema.safeParse(input);
  if (!checked.success) throw new InputRefused(fieldProblems(checked.error));
  return checked.data;
}
