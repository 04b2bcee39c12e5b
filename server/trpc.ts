import { initTRPC, TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import type { ErrorDetails, RefusalCode } from '#core/refusal.ts';
import { fieldProblems } from '#core/schemas/field-problems.ts';
import { singleCalls } from '#core/schemas/single-calls.ts';
import type { Actor } from './actor.ts';
import type { Context } from './context.ts';
import { AppError } from './errors.ts';
import { describeError } from './log.ts';
import { sizeOf } from './memory/size-of.ts';
import { recordCall, recordRefusal } from './record-call.ts';
import { transformer } from './trpc-transformer.ts';

const trpcCodes = {
  'invalid-input': 'BAD_REQUEST',
  unauthenticated: 'UNAUTHORIZED',
  forbidden: 'FORBIDDEN',
  'not-found': 'NOT_FOUND',
  conflict: 'CONFLICT',
  'too-large': 'PAYLOAD_TOO_LARGE',
  'too-many-requests': 'TOO_MANY_REQUESTS',
  unavailable: 'SERVICE_UNAVAILABLE',
  internal: 'INTERNAL_SERVER_ERROR',
} as const satisfies Record<RefusalCode, TRPCError['code']>;

/** The codes tRPC itself gives to requests that no typed client makes. */
const requestErrors = new Set<TRPCError['code']>([
  'BAD_REQUEST',
  'PARSE_ERROR',
  'METHOD_NOT_SUPPORTED',
  'UNSUPPORTED_MEDIA_TYPE',
  'PAYLOAD_TOO_LARGE',
]);

/**
 * Converts a procedure's error to an `AppError`, which passes unchanged. A refused input becomes
 * `invalid-input` with a message per field; anything unexpected becomes `internal`, without its
 * message.
 */
function appErrorOf(error: unknown): AppError {
  const cause = error instanceof TRPCError ? error.cause : error;
  if (cause instanceof AppError) return cause;
  if (cause instanceof ZodError) {
    const { message, fields } = fieldProblems(cause);
    return new AppError('invalid-input', message, { fields });
  }
  if (error instanceof TRPCError && error.code === 'NOT_FOUND')
    return new AppError('not-found', 'There’s nothing here.');
  if (error instanceof TRPCError && requestErrors.has(error.code))
    return new AppError('invalid-input', 'We can’t read this request.');
  return new AppError(
    'internal',
    'Something broke on our side. Nothing you saved is lost; please try again.',
  );
}

const t = initTRPC.context<Context>().create({
  transformer,
  errorFormatter({ shape, error }) {
    const ours = appErrorOf(error);
    const details: ErrorDetails = { code: ours.code, fields: ours.fields, retryAfterS: ours.retryAfterS };
    return { ...shape, message: ours.message, data: { ...shape.data, stack: undefined, app: details } };
  },
});

/** Gives every refusal its tRPC code, and logs every unexpected error. */
const withErrors = t.middleware(async ({ ctx, path, next }) => {
  const result = await next();
  if (result.ok) return result;
  const ours = appErrorOf(result.error);
  if (ours.code === 'internal') {
    ctx.log.error('procedure failed', {
      procedure: path,
      ...describeError(result.error.cause ?? result.error),
    });
  }
  if (ours.retryAfterS) ctx.noteWait?.(ours.retryAfterS);
  return {
    ...result,
    error: new TRPCError({ code: trpcCodes[ours.code], message: ours.message, cause: ours }),
  };
});

export const { router, mergeRouters } = t;
export const createCallerFactory = t.createCallerFactory;

/**
 * The outermost rate limits, far above normal use: on every call of a typed client, and on every
 * change by anyone.
 */
const withLimits = t.middleware(async ({ ctx, type, next }) => {
  if (ctx.overHttp) await ctx.limits.count('calls by address', ctx.clientAddress);
  if (ctx.actor && type === 'mutation') await ctx.limits.count('changes by account', ctx.actor.userId);
  return next();
});

/** Records a call's event for the account's owner; see the table in `audit/record-call.ts`. */
const withRecords = t.middleware(async ({ ctx, path, next, getRawInput }) => {
  const result = await next();
  if (result.ok) await recordCall(ctx, path, result.data);
  else recordRefusal(ctx, path, appErrorOf(result.error), getRawInput);
  return result;
});

/** A procedure that anyone may call. */
export const publicProcedure = t.procedure.use(withErrors).use(withLimits).use(withRecords);

/**
 * Reserves memory for a large answer before any of it is loaded, and returns the unused part.
 *
 * @param maxBytes the most its content can be, by the input
 */
export const largeAnswer = (maxBytes: (input: { size?: 'full' | 'preview' }) => number) =>
  t.middleware(async ({ ctx, path, input, next }) => {
    // Calls of one batch would each hold memory while waiting for the others.
    if (!singleCalls.has(path)) throw new Error(`${path} is not in singleCalls`);
    const reserved = await ctx.reserveMemory?.(maxBytes((input ?? {}) as { size?: 'full' | 'preview' }));
    const result = await next();
    reserved?.shrinkTo(result.ok ? sizeOf(result.data) : 0);
    return result;
  });

const requireActor = (actor: Actor | null): Actor => {
  if (!actor) throw new AppError('unauthenticated', 'Please log in first.');
  return actor;
};

/** A procedure for a new user who still has recovery words to confirm. */
export const joiningProcedure = publicProcedure.use(({ ctx, next }) =>
  next({ ctx: { actor: requireActor(ctx.actor) } }),
);

export const privateProcedure = publicProcedure.use(({ ctx, next }) => {
  const actor = requireActor(ctx.actor);
  if (actor.stage !== 'full') throw new AppError('unauthenticated', 'Please finish joining first.');
  return next({ ctx: { actor } });
});
