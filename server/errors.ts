import type { ErrorDetails, RefusalCode } from '#core/refusal.ts';

/**
 * What went wrong, in a closed list of codes and a sentence written for the person who reads it.
 * `server/trpc.ts` maps the codes to tRPC's; their HTTP statuses stand in `core/refusal.ts`.
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
