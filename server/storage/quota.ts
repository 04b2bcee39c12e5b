import { describeBytes } from '#core/describe-bytes.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';

const KILOBYTE = 1_000;

export const kilobytesOf = (bytes: number) => Math.ceil(bytes / KILOBYTE);

/**
 * Counts data against a user's quota before it is stored, so that concurrent uploads cannot exceed
 * the quota together.
 *
 * @throws {AppError} `too-large` when the quota is full.
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
 * Reads a user's storage use and quota.
 *
 * @returns bytes
 */
export async function readStorage(deps: Deps, actor: Actor): Promise<{ used: number; quota: number }> {
  const used = (await deps.stores.storages.find(actor.userId)) * KILOBYTE;
  return { used: Math.max(0, used), quota: deps.env.ACCOUNT_QUOTA };
}
