import { startOfYear } from '#core/dates/start-of-year.ts';
import type { PersonName, SealedThreadPage } from '#core/letters/letter-view.ts';
import { countedLetters } from '#core/letters/thread-count.ts';
import type { ThreadPageInput } from '#core/schemas/letters.ts';
import { limits } from '#core/schemas/limits.ts';
import type { Actor } from '../actor.ts';
import type { Page } from '../db/page.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { relationshipOf } from '../friends/relationship.ts';
import { type LetterSummary, pageOf } from './letter.store.ts';
import { describeLetters } from './list-letters.ts';
import { nameOf } from './view-letter.ts';

/** How many letters a filter looks at at once, and for one page, before it ends early. */
const BATCH = 100;
const LOOKED_THROUGH = 1_000;

/**
 * Lists the letters with one friend, or former friend, in both directions.
 *
 * @throws {AppError} `not-found` for anybody who is no friend and never exchanged a letter with this
 *   user, whether they exist or not.
 */
export async function listThread(
  deps: Deps,
  actor: Actor,
  input: ThreadPageInput,
): Promise<SealedThreadPage> {
  const { stores } = deps;
  const found = await stores.users.findByUsername(input.username);
  // An unknown name takes as long as a known one. Nobody writes to themselves.
  const friendId = found?.id ?? actor.userId;
  const [friendship, count, since] = await Promise.all([
    stores.friendships.find(actor.userId, friendId),
    stores.threads.count(actor.userId, friendId, countedLetters + 1),
    stores.threads.start(actor.userId, friendId),
  ]);
  const relationship = relationshipOf(friendship, actor.userId);
  const known = count > 0 || relationship === 'friends' || relationship === 'blocked';
  if (!found || !known) throw new AppError('not-found', 'You have no letters with this person.');
  const page = await readThread(deps, actor, found.id, input);
  return {
    ...(await describeLetters(deps, page)),
    ...{ friend: nameOf(found), isFriend: relationship === 'friends', count, since },
  };
}

/**
 * Reads one page of a thread. Looks through at most {@link LOOKED_THROUGH} letters for a
 * filter, so the page may end early.
 */
async function readThread(
  { stores }: Deps,
  { userId, timeZone }: Actor,
  friendId: string,
  { cursor, unread, photos, starred, year, timeZone: shownIn = 'UTC' }: ThreadPageInput,
): Promise<Page<LetterSummary>> {
  const startOf = (start: number) => startOfYear(start, timeZone ?? shownIn);
  const times = year ? { from: startOf(year), until: startOf(year + 1) } : {};
  const limit = unread || photos || starred ? BATCH : limits.pageSize;
  const isWanted = (letter: LetterSummary) =>
    (!unread || (letter.role === 'receiver' && letter.status === 'delivered')) &&
    (!photos || letter.photoIds.length > 0) &&
    (!starred || letter.starred);
  const wanted: LetterSummary[] = [];
  let [next, looked] = [cursor ?? null, 0];
  do {
    const read = await stores.threads.list(userId, friendId, { cursor: next, limit, ...times });
    wanted.push(...read.items.filter(isWanted));
    next = read.nextCursor;
    looked += limit;
  } while (next && wanted.length <= limits.pageSize && limit === BATCH && looked < LOOKED_THROUGH);
  return wanted.length > limits.pageSize
    ? pageOf(wanted, limits.pageSize)
    : { items: wanted, nextCursor: next };
}

/** A friend's latest letter, as one of the two sees it. */
export interface LatestLetter extends Pick<PersonName, 'username'> {
  at: Date;
  role: LetterSummary['role'];
}

/** Lists the latest letter with each friend; nothing for friends without one. */
export async function listLatest({ stores }: Deps, { userId }: Actor): Promise<LatestLetter[]> {
  const pairs = await stores.friendships.listByMember(userId, 'accepted', { limit: limits.friends });
  const friends = await stores.users.findManyByIds(
    pairs.map(({ lowId, highId }) => (lowId === userId ? highId : lowId)),
  );
  const latest = await Promise.all(
    friends.map(async ({ id, username }) => {
      const { items } = await stores.threads.list(userId, id, { limit: 1 });
      return items.map(({ at, role }) => ({ username, at, role }));
    }),
  );
  return latest.flat();
}
