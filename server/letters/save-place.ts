import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';

/**
 * Saves where the receiver left off, in thousandths of the letter.
 *
 * @throws {AppError} `not-found` unless the letter was delivered to this user.
 */
export async function savePlace(
  deps: Deps,
  actor: Actor,
  input: { id: string; position: number },
): Promise<void> {
  const letter = await deps.stores.letters.findForMember(input.id, actor.userId);
  if (letter?.receiverId !== actor.userId) throw new AppError('not-found', 'We can’t find this letter.');
  await deps.stores.readings.save({
    readerId: actor.userId,
    letterId: input.id,
    position: input.position,
    at: deps.now(),
  });
}
