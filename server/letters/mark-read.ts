import type { Bytes } from '#core/bytes.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';

/**
 * Records the receiver's first reading of a letter, with its title sealed for their list. Repeating
 * it changes nothing.
 *
 * @throws {AppError} `not-found` unless the letter was delivered to this user.
 */
export async function markRead(
  deps: Deps,
  actor: Actor,
  { id, heading }: { id: string; heading: Bytes },
): Promise<{ readAt: Date | null }> {
  const now = deps.now();
  if (await deps.stores.letters.markRead(id, actor.userId, now, heading)) return { readAt: now };
  const letter = await deps.stores.letters.findForMember(id, actor.userId);
  if (letter?.receiverId !== actor.userId) throw new AppError('not-found', 'We can’t find this letter.');
  return { readAt: letter.readAt };
}
