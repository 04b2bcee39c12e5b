import { InputRefused } from './schemas/check-input.ts';

/** The pins were saved by others at every attempt. */
export class PinsBusy extends Error {
  override readonly name = 'PinsBusy';

  constructor() {
    super('Another of your devices is saving right now. Please try again.');
  }
}

/** The closed list of what can go wrong with a call (docs/api.md), with the HTTP status of each. */
export const refusalStatuses = {
  'invalid-input': 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  'too-many-requests': 429,
  unavailable: 503,
  internal: 500,
} as const;

export type RefusalCode = keyof typeof refusalStatuses;

/** What a typed client learns of an error, beside tRPC's own code. */
export interface ErrorDetails {
  code: RefusalCode;
  /** One message per input field, keyed by the field's name. */
  fields?: Record<string, string> | undefined;
  /** Seconds to wait before trying again. */
  retryAfterS?: number | undefined;
}

/** Why a call was refused, in a sentence for the person who reads it. */
export interface Refusal extends ErrorDetails {
  message: string;
  fields: Record<string, string>;
}

/**
 * Reads what was refused out of an error: by a procedure, whichever typed client called it, or by a schema before the
 * call. Null for any other failure, such as no network.
 */
export function refusalOf(error: unknown): Refusal | null {
  if (!(error instanceof Error)) return null;
  const { message } = error;
  if (error instanceof InputRefused) return { code: 'invalid-input', message, fields: error.fields };
  if (error instanceof PinsBusy) return { code: 'unavailable', message, fields: {} };
  const details = (error as { data?: { app?: ErrorDetails } }).data?.app;
  if (!details) return null;
  const { code, fields = {}, retryAfterS } = details;
  return { code, message, fields, ...(retryAfterS !== undefined && { retryAfterS }) };
}
