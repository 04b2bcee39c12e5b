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
 * Reads an error that came out of a procedure as one of ours: an `AppError` stays, a refused input becomes
 * `invalid-input` with a message per field, and anything unexpected becomes `internal` without a word of its text.
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

/** Gives every refusal its tRPC code, and every surprise a log line. */
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
 * The outermost limits, far above what a person does: on every call of a typed client, and on every change by
 * anybody.
 */
const withLimits = t.middleware(async ({ ctx, type, next }) => {
  if (ctx.overHttp) await ctx.limits.count('calls by address', ctx.clientAddress);
  if (ctx.actor && type === 'mutation') await ctx.limits.count('changes by account', ctx.actor.userId);
  return next();
});

/** Notes for its owner what a call did to an account; see the table in `audit/record-call.ts`. */
const withRecords = t.middleware(async ({ ctx, path, next, getRawInput }) => {
  const result = await next();
  if (result.ok) await recordCall(ctx, path, result.data);
  else recordRefusal(ctx, path, appErrorOf(result.error), getRawInput);
  return result;
});

/** Anyone may call it. */
export const publicProcedure = t.procedure.use(withErrors).use(withLimits).use(withRecords);

/**
 * For an answer that can be large: memory for it is reserved before anything of it is loaded, and what it does not take
 * is given back.
 *
 * @param maxBytes what its content can be at most, of the input
 */
export const largeAnswer = (maxBytes: (input: { size?: 'full' | 'preview' }) => number) =>
  t.middleware(async ({ ctx, path, input, next }) => {
    // Calls of one batch would each hold memory while the others wait for it.
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

/** For a person who has just joined and still holds the recovery words to write down. */
export const joiningProcedure = publicProcedure.use(({ ctx, next }) =>
  next({ ctx: { actor: requireActor(ctx.actor) } }),
);

/** For a person who is logged in. */
export const privateProcedure = publicProcedure.use(({ ctx, next }) => {
  const actor = requireActor(ctx.actor);
  if (actor.stage !== 'full') throw new AppError('unauthenticated', 'Please finish joining first.');
  return next({ ctx: { actor } });
});
