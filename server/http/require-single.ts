import { TRPCError } from '@trpc/server';
import { singleCalls } from '#core/schemas/single-calls.ts';
import { AppError } from '../errors.ts';

/**
 * @throws {TRPCError} `BAD_REQUEST` when a call that must be made on its own is part of a batch.
 */
export function requireSingle(calls: readonly { path: string }[]): void {
  const single = calls.length > 1 && calls.find(({ path }) => singleCalls.has(path));
  if (!single) return;
  const message = `Call ${single.path} on its own: it can’t be part of a batch.`;
  throw new TRPCError({ code: 'BAD_REQUEST', message, cause: new AppError('invalid-input', message) });
}
