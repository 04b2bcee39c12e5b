import { newFriendCode } from '#core/id.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';

/** Replaces a user's friend code. Links and cards with the old one stop working. */
export async function renewCode(deps: Deps, actor: Actor): Promise<string> {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const code = newFriendCode();
    if ((await deps.stores.users.setFriendCode(actor.userId, code)) === 'set') return code;
  }
  throw new AppError('unavailable', 'We couldn’t make a new code. Please try again.');
}
