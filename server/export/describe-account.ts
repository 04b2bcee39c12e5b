import type { ExportedAccount } from '#core/export/export-source.ts';
import type { User } from '../accounts/user.store.ts';
import type { Actor } from '../actor.ts';
import { describeDevice } from '../audit/describe-device.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { listFriends } from '../friends/list-friends.ts';
import { listInvitations } from '../friends/make-invitation.ts';

/** How many events (newest first) and messages (oldest first) an export has at most. */
const LISTED = 1000;

/**
 * Collects the plaintext data stored about a user, for their export.
 *
 * @throws {AppError} `not-found` when the account is gone.
 */
export async function describeAccount(deps: Deps, actor: Actor): Promise<ExportedAccount> {
  const { users, notificationSettings, sessions, audit, feedback } = deps.stores;
  const [user, friends, invitations, notices, devices, events, messages] = await Promise.all([
    users.findById(actor.userId),
    listFriends(deps, actor),
    listInvitations(deps, actor),
    notificationSettings.find(actor.userId),
    sessions.listByUser(actor.userId),
    audit.list(actor.userId, { limit: LISTED }),
    feedback.listByUser(actor.userId, LISTED),
  ]);
  if (!user) throw new AppError('not-found', 'This account no longer exists.');
  const { id: _, updatedAt: _at, digestAt: _sent, ...notifications } = notices;
  return {
    profile: profileOf(user),
    friends,
    invitations: invitations.map(({ createdAt, expiresAt }) => ({ createdAt, expiresAt })),
    settings: { notifications },
    devices: devices.map(({ userAgent, createdAt, lastSeenAt }) => ({
      device: describeDevice(userAgent),
      since: createdAt,
      lastSeenAt,
    })),
    activity: events.items.map(({ kind, device, address, at }) => ({ kind, device, address, at })),
    feedback: messages.map(({ subject, message, createdAt }) => ({ subject, message, at: createdAt })),
  };
}

function profileOf(user: User): ExportedAccount['profile'] {
  const { username, displayName, email, emailVerifiedAt, mobile, timeZone, locale, friendCode, deleteAt } =
    user;
  return {
    ...{ username, displayName, email, emailVerifiedAt, mobile, timeZone, locale, friendCode, deleteAt },
    joinedAt: user.createdAt,
  };
}
