import type { RefusalCode } from '#core/refusal.ts';

interface AppErrorDetails {
  /** One message per form field, keyed by the field's name. */
  fields?: Record<string, string>;
  /** Seconds to wait before trying again. */
  retryAfterS?: number;
}

/**
 * What went wrong, in a closed list of codes and a sentence written for the person who reads it.
 * `server/trpc.ts` maps the codes to tRPC once; `app/http/errors.server.ts` maps them to HTTP once.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: RefusalCode;
  readonly fields: Record<string, string> | undefined;
  readonly retryAfterS: number | undefined;

  constructor(code: RefusalCode, message: string, details: AppErrorDetails = {}) {
    super(message);
    this.code = code;
    this.fields = details.fields;
    this.retryAfterS = details.retryAfterS;
  }
}
