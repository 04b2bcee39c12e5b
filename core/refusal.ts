import { InputRefused } from './schemas/check-input.ts';

/** Thrown when other devices saved the pins at every attempt. */
export class PinsBusy extends Error {
  override readonly name = 'PinsBusy';

  constructor() {
    super('Another of your devices is saving right now. Please try again.');
  }
}

/** All error codes of a call (docs/api.md) with their HTTP status. */
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

/** Error details for typed clients, in addition to tRPC's code. */
export interface ErrorDetails {
  code: RefusalCode;
  /** One message per input field, keyed by the field's name. */
  fields?: Record<string, string> | undefined;
  /** Seconds to wait before trying again. */
  retryAfterS?: number | undefined;
}

export interface Refusal extends ErrorDetails {
  message: string;
  fields: Record<string, string>;
}

/**
 * Extracts the refusal from an error of a procedure (through any typed client) or of a schema.
 * Returns null for any other failure, such as no network.
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
