import { safetyNumber } from '#core/crypto/index.ts';
import * as friendKey from '#core/friends/friend-key.ts';
import type { FriendKey, SealedPins } from '#core/friends/pins.ts';
import { limits } from '#core/schemas/limits.ts';
import type { User } from '../accounts/user.store.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';

/** A person's pins as they are kept. */
export async function loadPins(deps: Deps, actor: Actor): Promise<SealedPins> {
  const user = await deps.stores.users.findById(actor.userId);
  return { pins: user?.pins ?? null, version: user?.pinsVersion ?? 0 };
}

/** Where this person's pins are kept. */
export function pinKeeper(deps: Deps, actor: Actor): friendKey.PinKeeper {
  return {
    load: () => loadPins(deps, actor),
    save: (pins, version, next) => deps.stores.users.savePins(actor.userId, pins, version, next),
    // Whoever lets the server open their keys takes its word for the pins, too.
    memory: null,
    now: () => deps.now().getTime(),
  };
}

/** Compares a friend's key with the one seen first, and remembers it if it is the first. */
export async function checkFriendKey(deps: Deps, actor: Actor, friend: User): Promise<friendKey.KeyStanding> {
  return orBusy(async () =>
    friendKey.checkFriendKey(await actor.keys(), pinKeeper(deps, actor), keyOf(friend)),
  );
}

/** A friend's key as the safety page shows it; the number has 60 digits, the same for both friends. */
export async function describeFriendKey(
  deps: Deps,
  actor: Actor,
  friend: User,
): Promise<friendKey.KeyStanding & { safetyNumber: string }> {
  const { userId, identity } = await actor.keys();
  return {
    ...(await checkFriendKey(deps, actor, friend)),
    safetyNumber: await safetyNumber({ userId, publicKey: identity.publicKey }, keyOf(friend)),
  };
}

/** Trusts the key a friend has now; `verified` when the two have compared their safety number. */
export async function trustFriendKey(
  deps: Deps,
  actor: Actor,
  friend: User,
  verified: boolean,
): Promise<void> {
  const verifiedAt = verified ? deps.now().getTime() : null;
  await orBusy(async () =>
    friendKey.trustFriendKey(await actor.keys(), pinKeeper(deps, actor), keyOf(friend), verifiedAt),
  );
}

/** The keys of all friends, and the pins they are compared with. */
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

/** How the keys of all friends stand, by username. */
export async function describeFriendKeys(
  deps: Deps,
  actor: Actor,
): Promise<Record<string, friendKey.KeyStanding>> {
  const keys = await loadFriendKeys(deps, actor);
  return friendKey.describeFriendKeys(await actor.keys(), pinKeeper(deps, actor), keys);
}

/** A friend's key of today. */
export function keyOf({ id: userId, username, displayName, identityPublicKey: publicKey }: User): FriendKey {
  return { userId, username, displayName, publicKey };
}

/** @throws {AppError} `unavailable` when others save the pins all the time. */
export async function orBusy<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof friendKey.PinsBusy)) throw error;
    throw new AppError(
      'unavailable',
      'Another of your devices is saving at the same moment. Please try again.',
    );
  }
}
