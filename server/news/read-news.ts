import type { News } from '#core/news.ts';
import { limits } from '#core/schemas/limits.ts';
import type { NewsInput } from '#core/schemas/news.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { findFriendNews } from '../friends/friend-news.ts';

/**
 * Reads what waits for a user. Writes nothing, so that pages can ask again and again.
 *
 * @returns null if nothing has changed since the state the user knows
 */
export async function readNews(
  { stores }: Deps,
  { userId }: Actor,
  { known, opening }: NewsInput = {},
): Promise<News | null> {
  const [letters, inbox, { asking, accepted }] = await Promise.all([
    stores.letters.countNew(userId, limits.newLettersShown + 1, opening),
    stores.letters.listInbox(userId, { limit: 1 }),
    findFriendNews(stores, userId),
  ]);
  const latest = inbox.items[0];
  const counts = { letters, requests: asking.length, acceptances: accepted.length };
  const tag = [...Object.values(counts), latest?.id ?? ''].join('-');
  if (tag === known) return null;
  const hasArrived = known !== undefined && latest?.status === 'delivered' && !known.endsWith(latest.id);
  const author = hasArrived ? await stores.users.findById(latest.authorId) : null;
  return { ...counts, tag, arrivedFrom: author?.displayName ?? null };
}
