import { spentLink } from '../accounts/claim-link.ts';
import { recordEvent } from '../audit/record-event.ts';
import type { Context } from '../context.ts';
import { findHashed } from '../crypto/server-keys.ts';
import type { Deps } from '../deps.ts';
import type { Side } from './email-change.store.ts';
import { finishEmailChange } from './finish-email-change.ts';

/** What a link in one of the two mails is about. */
export interface LinkedChange {
  username: string;
  side: Side;
  /** The address that is to be used. */
  email: string;
}

/** How a link's token is stored; one side's is good for nothing else. */
export function changeLinkHash(deps: Pick<Deps, 'serverKeys'>, token: string): Promise<string> {
  return deps.serverKeys.hashToken(`change-email:${token}`);
}

const changeLinkHashes = ({ serverKeys }: Deps, token: string) =>
  serverKeys.hashesOf(`change-email:${token}`);

/**
 * What a link is about, without using it up.
 *
 * @throws {AppError} `not-found` for a token that is unknown, used, expired, or meant for something else.
 */
export async function findChange(deps: Deps, token: string): Promise<LinkedChange> {
  const { change, side, user } = await requireChange(deps, token);
  return { username: user.username, side, email: change.email };
}

/**
 * One side agrees; its link is used up. Once both have, the address is changed.
 *
 * @throws {AppError} `not-found` as {@link findChange}; `conflict` when somebody has verified the address meanwhile.
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
 * Either side calls the change off; no link of it works any more.
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
