import type { SessionMode } from '../accounts/session.store.ts';
import type { Actor } from '../actor.ts';
import { describeDevice } from '../audit/describe-device.ts';
import type { Deps } from '../deps.ts';

/** A login on one device, as its owner sees it. */
export interface Device {
  id: string;
  /** Like "Firefox on Windows"; null when unknown. */
  name: string | null;
  /** The address it was last seen at, shortened, like "203.0.x.x". */
  address: string | null;
  loggedInAt: Date;
  /** To the hour. */
  lastSeenAt: Date;
  /** `assisted`: the server opens letters for it; `sealed`: only the device itself does. */
  mode: SessionMode;
  current: boolean;
}

/** Lists the devices a user is logged in on: this device first, then the latest seen. */
export async function listDevices(deps: Deps, actor: Actor): Promise<Device[]> {
  const sessions = await deps.stores.sessions.listByUser(actor.userId);
  return sessions
    .filter(({ expiresAt }) => expiresAt > deps.now())
    .map((session) => ({
      id: session.id,
      name: describeDevice(session.userAgent),
      address: session.address || null,
      loggedInAt: session.createdAt,
      lastSeenAt: session.lastSeenAt,
      mode: session.mode,
      current: session.id === actor.sessionId,
    }))
    .sort((a, b) => Number(b.current) - Number(a.current) || b.lastSeenAt.getTime() - a.lastSeenAt.getTime());
}
