import type { ProfileInput } from '#core/schemas/profile.ts';
import type { Actor } from '../context.ts';
import type { Deps } from '../deps.ts';

/** Saves how a person is called and how dates are written for them. Without a display name it is the username. */
export async function saveProfile(deps: Deps, actor: Actor, input: ProfileInput): Promise<void> {
  const displayName = input.displayName || actor.username;
  await deps.stores.users.setProfile(actor.userId, { ...input, displayName });
}
