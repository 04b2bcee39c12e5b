import type { ErrorDetails, RefusalCode } from '#core/refusal.ts';

/**
 * An error for the user: a code from a closed list and a sentence. `server/trpc.ts` maps the codes
 * to tRPC's; `core/refusal.ts` has their HTTP statuses.
 */
export class AppError extends Error implements ErrorDetails {
  override readonly name = 'AppError';
  readonly code: RefusalCode;
  readonly fields: Record<string, string> | undefined;
  readonly retryAfterS: number | undefined;

  constructor(code: RefusalCode, message: string, details: Omit<ErrorDetails, 'code'> = {}) {
    super(message);
    this.code = code;
    this.fields = details.fields;
    this.retryAfterS = details.retryAfterS;
  }
}
