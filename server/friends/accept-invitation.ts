import type { FriendKey } from '#core/friends/pins.ts';
import type { User } from '../accounts/user.store.ts';
import type { Actor } from '../actor.ts';
import { findHashed } from '../crypto/server-keys.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import type { Invitation } from './invitation.store.ts';
import { keyOf } from './pinned-keys.ts';
import { enqueueFriendNotice, planFriendNotice } from './plan-friend-notice.ts';
import { type Relationship, relationshipOf } from './relationship.ts';
import { requireRoom } from './request-friend.ts';

/** The inviter, their key, and what they are to the invited user. */
export interface OpenedInvitation extends FriendKey {
  state: Relationship;
}

export const invitationText = (token: string) => `invitation:${token}`;

/**
 * Reads who has made an invitation, for a visitor who has no account yet.
 *
 * @throws {AppError} `not-found` for an unknown, revoked or expired one, and when its maker is
 *   leaving or locked; `conflict` for a used one.
 */
export async function readInvitationToken(deps: Deps, token: string): Promise<{ displayName: string }> {
  const { invitation, inviter } = await findInvitation(deps, token);
  if (isTaken(invitation, null)) throw usedInvitation();
  return { displayName: inviter.displayName };
}

/**
 * Opens an invitation without accepting it. It is open to friends of its maker even when it is used.
 *
 * @throws {AppError} as {@link readInvitationToken}.
 */
export async function openInvitation(deps: Deps, actor: Actor, token: string): Promise<OpenedInvitation> {
  const { invitation, inviter } = await findInvitation(deps, token);
  const state = await relationshipTo(deps, actor, inviter);
  if (isTaken(invitation, actor.userId) && state !== 'friends') throw usedInvitation();
  return { ...keyOf(inviter), state };
}

/**
 * Accepts an invitation: the two are friends at once. Of several who have its link, the first gets
 * it; repeating it changes nothing. A user whom the inviter has blocked isn't told, as ever.
 *
 * @throws {AppError} as {@link readInvitationToken}; `invalid-input` for one's own, `conflict` for
 *   a user one has blocked, or when either has the maximum of friends and requests.
 */
export async function acceptInvitation(deps: Deps, actor: Actor, token: string): Promise<void> {
  const { invitations, friendships } = deps.stores;
  const { invitation, inviter } = await findInvitation(deps, token);
  const friendship = await friendships.find(actor.userId, inviter.id);
  const state = inviter.id === actor.userId ? 'yourself' : relationshipOf(friendship, actor.userId);
  if (state === 'yourself')
    throw new AppError('invalid-input', 'That’s your own invitation. Send its link to a friend.');
  if (state === 'blocked') throw new AppError('conflict', 'You’ve blocked this person. Unblock them first.');
  if (state !== 'friends') {
    if (isTaken(invitation, actor.userId)) throw usedInvitation();
    if (!friendship) await requireRoom(deps, actor.userId, inviter.id);
    if (!(await invitations.claim(invitation.id, actor.userId, deps.now()))) throw usedInvitation();
    const noticeDueAt = await planFriendNotice(deps, inviter);
    const between = { requestedBy: inviter.id, userId: actor.userId, at: deps.now(), noticeDueAt };
    await friendships.befriend(between);
  }
  // A friend who comes back after a failure ends what they had claimed.
  if (state !== 'friends' || invitation.claimedBy === actor.userId)
    await invitations.setUsed(invitation.id, deps.now());
  await enqueueFriendNotice(deps, actor.userId, inviter.id);
}

async function findInvitation(deps: Deps, token: string): Promise<{ invitation: Invitation; inviter: User }> {
  const { invitations, users } = deps.stores;
  const invitation = await findHashed(deps.serverKeys.hashesOf(invitationText(token)), invitations.find);
  const good = invitation && invitation.expiresAt > deps.now();
  const inviter = good ? await users.findById(invitation.inviterId) : null;
  if (!invitation || !inviter || inviter.deleteAt || inviter.lockedAt) {
    const message = 'This invitation no longer works. Ask your friend for a new one.';
    throw new AppError('not-found', message);
  }
  return { invitation, inviter };
}

/** Whether it is used, or claimed by somebody else. */
function isTaken({ claimedBy, usedAt }: Invitation, userId: string | null): boolean {
  return usedAt !== null || (claimedBy !== null && claimedBy !== userId);
}

async function relationshipTo(deps: Deps, { userId }: Actor, inviter: User): Promise<Relationship> {
  if (inviter.id === userId) return 'yourself';
  return relationshipOf(await deps.stores.friendships.find(userId, inviter.id), userId);
}

function usedInvitation(): AppError {
  return new AppError('conflict', 'This invitation has been used. Ask your friend for a new one.');
}
