import { DAY } from '#core/durations.ts';
import { newId } from '#core/id.ts';
import type { EventKind } from '#core/schemas/activity.ts';
import { limits } from '#core/schemas/limits.ts';
import type { Deps } from '../deps.ts';
import { describeError } from '../log.ts';
import { coarseAddress } from './coarse-address.ts';
import { describeDevice } from './describe-device.ts';

const eventLifetime = 90 * DAY;

/**
 * The origin of an event, as in a request's context. Both fields are shortened before they are
 * stored.
 */
export interface EventFacts {
  userAgent?: string | undefined;
  clientAddress?: string | undefined;
}

/**
 * Records an event of an account for its owner. Never throws: the event has happened, whether it is
 * recorded or not.
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
      ...originOf(facts),
      at,
      expiresAt: new Date(at.getTime() + eventLifetime),
    });
    await deps.stores.audit.forgetOldest(userId, limits.events);
  } catch (error) {
    deps.log.error('event not recorded', { kind, ...describeError(error) });
  }
}

/** The device and shortened address of an event; each empty when unknown. */
export function originOf({ userAgent, clientAddress }: EventFacts): { device: string; address: string } {
  return { device: describeDevice(userAgent) ?? '', address: coarseAddress(clientAddress) ?? '' };
}
