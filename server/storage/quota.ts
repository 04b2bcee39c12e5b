import { describeBytes } from '#core/describe-bytes.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';

/** Bytes in one unit of the count. */
const KILOBYTE = 1_000;

export const kilobytesOf = (bytes: number) => Math.ceil(bytes / KILOBYTE);

/**
 * Counts what is about to be stored for a person. Counted before it is written, so that several uploads at once cannot
 * pass the quota together.
 *
 * @throws {AppError} `too-large` when their quota does not hold it.
 */
export async function reserveStorage(deps: Deps, userId: string, kilobytes: number): Promise<void> {
  const quota = deps.env.ACCOUNT_QUOTA;
  if (await deps.stores.storages.add(userId, kilobytes, Math.floor(quota / KILOBYTE))) return;
  throw new AppError(
    'too-large',
    `Your ${describeBytes(quota)} of storage is full. Delete a draft with photos and try again in a minute.`,
  );
}

/**
 * How much of their quota a person has used.
 *
 * @returns bytes
 */
export async function readStorage(deps: Deps, actor: Actor): Promise<{ used: number; quota: number }> {
  const used = (await deps.stores.storages.find(actor.userId)) * KILOBYTE;
  return { used: Math.max(0, used), quota: deps.env.ACCOUNT_QUOTA };
}
