import type { EventKind } from '#core/schemas/activity.ts';
import { limits } from '#core/schemas/limits.ts';
import type { Actor } from '../actor.ts';
import type { Page } from '../db/page.ts';
import type { Deps } from '../deps.ts';

export interface Activity {
  id: string;
  kind: EventKind;
  /** Like "Firefox on Windows"; null when unknown. */
  device: string | null;
  /** Shortened, like "203.0.x.x". */
  address: string | null;
  at: Date;
}

export async function listActivity(
  deps: Deps,
  actor: Actor,
  cursor: string | undefined,
): Promise<Page<Activity>> {
  const page = await deps.stores.audit.list(actor.userId, { cursor, limit: limits.pageSize });
  // Expired events may still be stored for up to a minute.
  const kept = page.items.filter(({ expiresAt }) => expiresAt > deps.now());
  const items = kept.map(({ id, kind, device, address, at }) => ({
    id,
    kind,
    device: device || null,
    address: address || null,
    at,
  }));
  return { items, nextCursor: kept.length === page.items.length ? page.nextCursor : null };
}
