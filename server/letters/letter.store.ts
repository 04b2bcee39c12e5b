import type { Bytes } from '#core/bytes.ts';
import type { SealedLetter, SUITE } from '#core/crypto/index.ts';
import { isId } from '#core/id.ts';
import type { Database } from '../db/client.ts';
import { decodeCursor, encodeCursor } from '../db/cursor.ts';
import { insertOnce } from '../db/duplicates.ts';
import { changes, type Entity, type NewEntity, toEntity, toRow } from '../db/entity.ts';
import { and, behind, idOperand, or, where } from '../db/filters.ts';
import type { Page, PageRequest } from '../db/page.ts';
import type { NotificationPlan } from '../notifications/plan-notifications.ts';
import { fromPhotoColumns, toPhotoColumns } from '../photos/photo-columns.ts';

/**
 * - `scheduled`: it is delivered at `deliverAt`, unless its author calls it back before.
 * - `recalled`: its author has called it back. It is deleted once its text is a draft again.
 * - `withheld`: the receiver has blocked the author, who sees the letter as delivered.
 */
export type LetterStatus = 'scheduled' | 'recalled' | 'queued' | 'delivered' | 'read' | 'failed' | 'withheld';

/** The states of a letter that its receiver does not have yet. */
const UNDELIVERED: LetterStatus[] = ['scheduled', 'queued'];
/** A sealed letter with its state. While it is `queued`, it is its own outbox entry. */
export type StoredLetter = Omit<Entity<'Letter'>, 'status'> & { status: LetterStatus };
export type NewLetter = NewEntity<StoredLetter>;

/** A user's own side of their letters: what tells it apart, and the time that orders its lists. */
export const SIDES = {
  received: {
    role: 'receiver',
    own: 'receiverId',
    friend: 'authorId',
    order: 'deliveredAt',
    heading: 'receiverHeading',
    star: 'starredByReceiver',
  },
  sent: {
    role: 'author',
    own: 'authorId',
    friend: 'receiverId',
    order: 'sentAt',
    heading: 'authorHeading',
    star: 'starredByAuthor',
  },
} as const;
export type Side = (typeof SIDES)[keyof typeof SIDES];

const SUMMARY = [
  '_id',
  'authorId',
  'receiverId',
  'status',
  'failureReason',
  'sentAt',
  'deliverAt',
  'deliveredAt',
  'hash',
  'photoIds',
] as const;

/**
 * The fields of a letter for a list, with what only its owner has: the title sealed for them, and
 * their star. No content and no keys.
 */
export type LetterSummary = Pick<StoredLetter, Exclude<(typeof SUMMARY)[number], '_id'> | 'id'> & {
  role: Side['role'];
  /** When it arrived or, for its author, was sent. */
  at: Date;
  heading: Bytes | null;
  starred: boolean;
};

const OPTIONAL = [
  'failureReason',
  'deliverAt',
  'deliveredAt',
  'withheldAt',
  'readAt',
  'receiverHeading',
  'starredByAuthor',
  'starredByReceiver',
  'archived',
  'emailDueAt',
  'emailNoticeAt',
  'smsDueAt',
  'smsNoticeAt',
] as const;
const OPTIONAL_IN_SUMMARY = ['failureReason', 'deliverAt', 'deliveredAt', 'heading'] as const;
export const START_OF_TIME = new Date(0);

/**
 * Reads letters on a user's side, latest first.
 *
 * @param among which letters, in fields of an index that the side's order follows
 * @param between the times, from the earliest on, before the end
 */
export async function readSide(
  { letters }: Database['orm'],
  side: Side,
  among: Parameters<typeof and>,
  { cursor, limit }: PageRequest,
  between: { from?: Date | undefined; until?: Date | undefined } = {},
): Promise<LetterSummary[]> {
  const position = cursor ? decodeCursor(cursor) : null;
  const bounds = [
    // An undelivered letter has no delivery time, so no range of times includes it.
    ...(between.from || !position ? [where.gte(side.order, between.from ?? START_OF_TIME)] : []),
    ...(between.until ? [where.lt(side.order, between.until)] : []),
    ...(position ? [behind(side.order, position)] : []),
  ];
  const rows = await letters
    .where(and(...among, ...bounds))
    .orderBy({ [side.order]: -1, _id: -1 })
    .limit(limit)
    .select(...SUMMARY, side.heading, side.star)
    .all();
  return rows.map(({ [side.heading]: heading, [side.star]: star, ...row }) => {
    const listed = {
      ...row,
      heading,
      role: side.role,
      at: row[side.order] ?? row.sentAt,
      starred: star === 1,
    };
    return toEntity<LetterSummary>(listed, OPTIONAL_IN_SUMMARY);
  });
}

/** Makes a page of letters that were read with one more than its limit. */
export function pageOf(letters: LetterSummary[], limit: number): Page<LetterSummary> {
  const items = letters.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: letters.length > limit && last ? encodeCursor(last) : null };
}

export function createLetterStore({ orm, query, rows }: Database) {
  const { letters } = orm;

  async function list(
    side: Side,
    userId: string,
    { cursor, limit }: PageRequest,
    ...among: Parameters<typeof and>
  ): Promise<Page<LetterSummary>> {
    if (!isId(userId)) return { items: [], nextCursor: null };
    const own = [where.eq(side.own, idOperand(userId)), ...among];
    return pageOf(await readSide(orm, side, own, { cursor, limit: limit + 1 }), limit);
  }

  /** Compare-and-set: false when the letter is not in one of those states. */
  async function move(
    id: string,
    from: LetterStatus[],
    fields: Partial<StoredLetter>,
    owner: { authorId?: string; receiverId?: string } = {},
  ): Promise<boolean> {
    if (!isId(id) || !Object.values(owner).every(isId)) return false;
    const letter = letters.where({ _id: id, ...owner }).where(where.in('status', from));
    return (await letter.updateAndCount(changes(fields))) === 1;
  }

  return {
    /** `exists`: a letter with this id was stored before, and stays unchanged. */
    async insert(letter: NewLetter): Promise<'inserted' | 'exists'> {
      return insertOnce(() => letters.create(toRow(letter)));
    },

    async findById(id: string): Promise<StoredLetter | null> {
      if (!isId(id)) return null;
      const row = await letters.where({ _id: id }).first();
      return row && toEntity<StoredLetter>(row, OPTIONAL);
    },

    /**
     * Finds a letter for its author or, once it is delivered, its receiver; null for any other
     * user.
     */
    async findForMember(letterId: string, userId: string): Promise<StoredLetter | null> {
      if (!isId(letterId) || !isId(userId)) return null;
      const isAuthor = where.eq('authorId', idOperand(userId));
      const isReceiver = and(
        where.eq('receiverId', idOperand(userId)),
        where.in('status', ['delivered', 'read']),
      );
      const row = await letters.where({ _id: letterId }).where(or(isAuthor, isReceiver)).first();
      return row && toEntity<StoredLetter>(row, OPTIONAL);
    },

    /** Letters this user received, latest delivery first: those in the inbox, or the archived. */
    listInbox: (userId: string, page: PageRequest, archived = false) =>
      list(SIDES.received, userId, page, archived ? where.eq('archived', 1) : where.isNull('archived')),

    /** Letters this user sent, latest first, in every state. */
    listSent: (userId: string, page: PageRequest) => list(SIDES.sent, userId, page),

    /**
     * To `delivered`, from `scheduled` or `queued`. Schedules the receiver's notifications, by no
     * channel unless given.
     */
    markDelivered: (id: string, at: Date, pending: Partial<NotificationPlan> = {}) =>
      move(id, UNDELIVERED, {
        status: 'delivered',
        deliveredAt: at,
        emailDueAt: pending.email ?? null,
        smsDueAt: pending.sms ?? null,
      }),

    /** delivered → read, with the title sealed for the receiver's own lists. */
    markRead: (id: string, receiverId: string, at: Date, receiverHeading: Bytes) =>
      move(
        id,
        ['delivered'],
        // A reader needs no notification any more.
        { status: 'read', readAt: at, receiverHeading, emailDueAt: null, smsDueAt: null },
        { receiverId },
      ),

    /** To `withheld`: the letter reaches nobody, and neither user is notified. */
    withhold: (id: string, at: Date) => move(id, UNDELIVERED, { status: 'withheld', withheldAt: at }),

    /** To `failed`, with a reason for the author. */
    markFailed: (id: string, failureReason: string) =>
      move(id, UNDELIVERED, { status: 'failed', failureReason }),

    requeue: (id: string, authorId: string) =>
      move(id, ['failed'], { status: 'queued', failureReason: null }, { authorId }),

    /** To `recalled`, unless it has been delivered. From then on it never is. */
    recall: (id: string, authorId: string) =>
      move(id, [...UNDELIVERED, 'failed'], { status: 'recalled' }, { authorId }),

    /** Deletes a leaving user's key to the letter, their sealed title of it and their marks. */
    async forgetMember(letterId: string, role: 'author' | 'receiver'): Promise<void> {
      if (!isId(letterId)) return;
      const none = new Uint8Array();
      const fields =
        role === 'author'
          ? { sealedForAuthor: none, authorHeading: none, starredByAuthor: null }
          : { sealedForReceiver: none, receiverHeading: null, starredByReceiver: null, archived: null };
      await letters.where({ _id: letterId }).updateAndCount(changes(fields));
    },

    async delete(letterId: string): Promise<void> {
      if (isId(letterId)) await letters.where({ _id: letterId }).deleteAndCount();
    },

    /** @returns false if it is gone already */
    async deleteRecalled(letterId: string): Promise<boolean> {
      return (
        isId(letterId) && (await letters.where({ _id: letterId, status: 'recalled' }).deleteAndCount()) === 1
      );
    },

    /** Letters queued since before `sentBefore`, oldest first. */
    async listQueued(sentBefore: Date, limit: number): Promise<{ id: string; sentAt: Date }[]> {
      const rows = await letters
        .where({ status: 'queued' })
        .where(where.lt('sentAt', sentBefore))
        .orderBy({ sentAt: 1 })
        .limit(limit)
        .select('_id', 'sentAt')
        .all();
      return rows.map(({ _id, sentAt }) => ({ id: _id, sentAt }));
    },

    /** Scheduled letters that were due before `dueBefore`, longest due first. */
    async listDue(dueBefore: Date, limit: number): Promise<{ id: string; dueAt: Date }[]> {
      const rows = await letters
        .where({ status: 'scheduled' })
        .where(where.lt('deliverAt', dueBefore))
        .orderBy({ deliverAt: 1 })
        .limit(limit)
        .select('_id', 'deliverAt')
        .all();
      return rows.map(({ _id, deliverAt }) => ({ id: _id, dueAt: deliverAt ?? dueBefore }));
    },

    /** Counts unread letters up to `cap`, without the one that is being opened. */
    async countNew(userId: string, cap: number, except?: string): Promise<number> {
      if (!isId(userId)) return 0;
      const closed = query
        .from('letters')
        .match(and(where.eq('receiverId', idOperand(userId)), where.eq('status', 'delivered')));
      const others = isId(except) ? closed.match(where.neq('_id', idOperand(except))) : closed;
      const [counted] = await rows(others.limit(cap).count('closed').aggregate());
      return counted?.closed ?? 0;
    },
  };
}

type SealedFields = Pick<
  NewLetter,
  | 'id'
  | 'suite'
  | 'authorId'
  | 'receiverId'
  | 'authorEpoch'
  | 'receiverEpoch'
  | 'createdAt'
  | 'payload'
  | 'sealedForReceiver'
  | 'sealedForAuthor'
  | 'photoIds'
  | 'photoFullHashes'
  | 'photoPreviewHashes'
>;

export function toStoredFields({ letterId, createdAt, photos, ...sealed }: SealedLetter): SealedFields {
  return { id: letterId, createdAt: new Date(createdAt), ...sealed, ...toPhotoColumns(photos) };
}

/** Converts a document to its sealed letter. Passes an unknown suite on: opening refuses it. */
export function toSealedLetter(stored: StoredLetter): SealedLetter {
  const { id, suite, authorId, receiverId, authorEpoch, receiverEpoch, createdAt } = stored;
  return {
    suite: suite as typeof SUITE,
    letterId: id,
    authorId,
    receiverId,
    authorEpoch,
    receiverEpoch,
    createdAt: createdAt.getTime(),
    payload: stored.payload,
    sealedForReceiver: stored.sealedForReceiver,
    sealedForAuthor: stored.sealedForAuthor,
    photos: fromPhotoColumns(stored),
  };
}
