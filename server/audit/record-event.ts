import { DAY } from '#core/durations.ts';
import { newId } from '#core/id.ts';
import type { EventKind } from '#core/schemas/activity.ts';
import { limits } from '#core/schemas/limits.ts';
import type { Deps } from '../deps.ts';
import { describeError } from '../log.ts';
import { coarseAddress } from './coarse-address.ts';
import { describeDevice } from './describe-device.ts';

/** How long an event is kept, ms. */
const eventLifetime = 90 * DAY;

/** From where it was done; a request's context has both. Both are cut down before they are kept. */
export interface EventFacts {
  userAgent?: string | undefined;
  clientAddress?: string | undefined;
}

/**
 * Notes something that happened to an account, for its owner to look at. It never throws: what it tells of has happened,
 * written down or not.
 */
export async function recordEvent(
  deps: Pick<Deps, 'stores' | 'log' | 'now'>,
  userId: string,
  kind: EventKind,
  facts: EventFacts = {},
  at = deps.now(),
): Promise<void> {
  try {
    await deps.stores.audit.insert({
      id: newId(),
      userId,
      kind,
      ...placeOf(facts),
      at,
      expiresAt: new Date(at.getTime() + eventLifetime),
    });
    await deps.stores.audit.forgetOldest(userId, limits.events);
  } catch (error) {
    deps.log.error('event not recorded', { kind, ...describeError(error) });
  }
}

/** Where something was done, in words; each empty when it is not known. */
export function placeOf({ userAgent, clientAddress }: EventFacts): { device: string; address: string } {
  return { device: describeDevice(userAgent) ?? '', address: coarseAddress(clientAddress) ?? '' };
}
