import { spentLink } from '../accounts/claim-link.ts';
import { recordEvent } from '../audit/record-event.ts';
import type { Context } from '../context.ts';
import { findHashed } from '../crypto/server-keys.ts';
import type { Deps } from '../deps.ts';
import type { Side } from './email-change.store.ts';
import { finishEmailChange } from './finish-email-change.ts';

export interface LinkedChange {
  username: string;
  side: Side;
  email: string;
}

/** Hashes a link's token for storage. Each side's token works only for that side. */
export function changeLinkHash(deps: Pick<Deps, 'serverKeys'>, token: string): Promise<string> {
  return deps.serverKeys.hashToken(`change-email:${token}`);
}

const changeLinkHashes = ({ serverKeys }: Deps, token: string) =>
  serverKeys.hashesOf(`change-email:${token}`);

/**
 * Reads the change a link belongs to, without using the link up.
 *
 * @throws {AppError} `not-found` for a token that is unknown, used, expired or for another purpose.
 */
export async function findChange(deps: Deps, token: string): Promise<LinkedChange> {
  const { change, side, user } = await requireChange(deps, token);
  return { username: user.username, side, email: change.email };
}

/**
 * Approves the change from one side and uses its link up. Once both sides have approved, changes
 * the address.
 *
 * @throws {AppError} `not-found` as {@link findChange}; `conflict` when another user verified the
 *   address in the meantime.
 */
export async function agreeToChange(ctx: Context, token: string): Promise<{ side: Side; changed: boolean }> {
  const { side } = await requireChange(ctx, token);
  const agreed = await findHashed(changeLinkHashes(ctx, token), (hash) =>
    ctx.stores.emailChanges.agree(hash, side, ctx.now()),
  );
  if (!agreed) throw spentLink();
  return { side, changed: await finishEmailChange(ctx, agreed) };
}

/**
 * Cancels the change from either side; none of its links work any more.
 *
 * @throws {AppError} `not-found` as {@link findChange}.
 */
export async function refuseChange(ctx: Context, token: string): Promise<void> {
  const { change, user } = await requireChange(ctx, token);
  if (!(await ctx.stores.emailChanges.end(user.id, change.requestId))) throw spentLink();
  await recordEvent(ctx, user.id, 'email-change-cancelled', ctx);
}

async function requireChange(deps: Deps, token: string) {
  const found = await findHashed(changeLinkHashes(deps, token), deps.stores.emailChanges.findByLink);
  const good = found && found.change.expiresAt > deps.now();
  const user = good ? await deps.stores.users.findById(found.change.id) : null;
  if (!found || !user) throw spentLink();
  return { ...found, user };
}
