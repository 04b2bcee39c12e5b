import type { FriendKey, SealedPins } from '#core/friends/pins.ts';
import { limits } from '#core/schemas/limits.ts';
import type { User } from '../accounts/user.store.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';

export async function loadPins(deps: Deps, actor: Actor): Promise<SealedPins> {
  const user = await deps.stores.users.findById(actor.userId);
  return { pins: user?.pins ?? null, version: user?.pinsVersion ?? 0 };
}

export async function loadFriendKeys(
  deps: Deps,
  actor: Actor,
): Promise<{ friends: FriendKey[]; pins: SealedPins }> {
  const pairs = await deps.stores.friendships.listByMember(actor.userId, 'accepted', {
    limit: limits.friends,
  });
  const others = pairs.map(({ lowId, highId }) => (lowId === actor.userId ? highId : lowId));
  const users = await deps.stores.users.findManyByIds(others);
  return { friends: users.map(keyOf), pins: await loadPins(deps, actor) };
}

export function keyOf({ id: userId, username, displayName, identityPublicKey: publicKey }: User): FriendKey {
  return { userId, username, displayName, publicKey };
}
