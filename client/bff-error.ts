import { TRPCClientError } from '@trpc/client';
import { isCryptoRefusal } from '#core/crypto/index.ts';
import { type RefusalCode, refusalOf } from '#core/refusal.ts';

/** The server's own codes, and those of what goes wrong on this side. */
export type BffErrorCode =
  | RefusalCode
  /** No answer, or none of a Project BFF. */
  | 'network'
  /** The friend has another key than the one that is trusted: compare safety numbers first. Nothing was sealed to it. */
  | 'key-changed'
  /** A letter or photo does not authenticate, or was sealed to keys that were since replaced. */
  | 'damaged'
  /** The server asks for a weaker or another password hash than at the last log-in from here. Nothing was sent. */
  | 'kdf-changed'
  /** The log-in needs more than was given: see `message`. */
  | 'incomplete';

/** Everything this client refuses or is refused. `message` is a sentence for a person. */
export class BffError extends Error {
  override readonly name = 'BffError';
  readonly code: BffErrorCode;
  /** One message per input field; empty when no field is to blame. */
  readonly fields: Record<string, string>;
  /** Seconds to wait before trying again, where the server says so. */
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

/** Reads what a call to the server threw; null for what is a fault of the program and no refusal. */
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

/** Runs calls to the server; what they refuse comes out as a {@link BffError}. */
export async function calling<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    throw bffErrorOf(error) ?? error;
  }
}
