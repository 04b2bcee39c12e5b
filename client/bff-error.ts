import { TRPCClientError } from '@trpc/client';
import { isCryptoRefusal } from '#core/crypto/index.ts';
import { type RefusalCode, refusalOf } from '#core/refusal.ts';

export type BffErrorCode =
  | RefusalCode
  /** No answer, or not from a Project BFF. */
  | 'network'
  /**
   * The friend's key isn't the trusted one: compare safety numbers first. Nothing was sealed to it.
   */
  | 'key-changed'
  /** A letter or photo doesn't authenticate, or was sealed with replaced keys. */
  | 'damaged'
  /**
   * The server asks for a weaker or different password hash than at the last login from here.
   * Nothing was sent.
   */
  | 'kdf-changed'
  /** The login needs more input: see `message`. */
  | 'incomplete';

/** Any error of this client or the server. `message` is a sentence for the user. */
export class BffError extends Error {
  override readonly name = 'BffError';
  readonly code: BffErrorCode;
  /** One message per input field; empty if no field is wrong. */
  readonly fields: Record<string, string>;
  /** Seconds to wait before retrying, if the server says so. */
  readonly retryAfterS: number | undefined;

  constructor(
    code: BffErrorCode,
    message: string,
    details: { fields?: Record<string, string>; retryAfterS?: number | undefined; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.code = code;
    this.fields = details.fields ?? {};
    this.retryAfterS = details.retryAfterS;
  }
}

/** Converts an error of a server call; null for a bug, which is no refusal. */
export function bffErrorOf(error: unknown): BffError | null {
  if (error instanceof BffError) return error;
  if (isCryptoRefusal(error))
    return new BffError('damaged', "The server sent something that doesn't authenticate.", { cause: error });
  const refusal = refusalOf(error);
  if (refusal) return new BffError(refusal.code, refusal.message, { ...refusal, cause: error });
  if (!(error instanceof TRPCClientError)) return null;
  const message = "The server didn't answer. Check the address and your connection.";
  return new BffError('network', message, { cause: error });
}

/** Runs calls to the server and throws their refusals as {@link BffError}. */
export async function calling<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    throw bffErrorOf(error) ?? error;
  }
}
