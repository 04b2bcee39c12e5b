import { newInvitationToken } from '#core/friends/invitation-link.ts';
import { newId } from '#core/id.ts';
import { limits } from '#core/schemas/limits.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { invitationText } from './accept-invitation.ts';

export interface OpenInvitation {
  id: string;
  createdAt: Date;
  expiresAt: Date;
}

/**
 * Makes a one-time invitation. Only its hash is stored, so its token is returned once.
 *
 * @throws {AppError} `conflict` when the user has the maximum of open ones.
 */
export async function makeInvitation(
  deps: Deps,
  { userId }: Actor,
): Promise<{ token: string; expiresAt: Date }> {
  const { invitations } = deps.stores;
  const now = deps.now();
  if ((await invitations.listOpen(userId, now, limits.invitations)).length >= limits.invitations) {
    const message = `You have ${limits.invitations} open invitations, the most you can have. Revoke one first.`;
    throw new AppError('conflict', message);
  }
  const token = newInvitationToken();
  const expiresAt = new Date(now.getTime() + limits.invitationMs);
  const hash = await deps.serverKeys.hashToken(invitationText(token));
  await invitations.insert({ id: newId(), hash, inviterId: userId, createdAt: now, expiresAt });
  return { token, expiresAt };
}

/** Lists a user's invitations that nobody has accepted, the latest first. */
export async function listInvitations(deps: Deps, { userId }: Actor): Promise<OpenInvitation[]> {
  const open = await deps.stores.invitations.listOpen(userId, deps.now(), limits.invitations);
  return open.map(({ id, createdAt, expiresAt }) => ({ id, createdAt, expiresAt }));
}

/**
 * Revokes a user's invitation: its link stops working at once.
 *
 * @throws {AppError} `not-found` when it has been accepted or has ended, or isn't theirs.
 */
export async function revokeInvitation(deps: Deps, { userId }: Actor, id: string): Promise<void> {
  if (await deps.stores.invitations.revoke(id, userId)) return;
  throw new AppError('not-found', 'This invitation has ended, or someone has accepted it.');
}
