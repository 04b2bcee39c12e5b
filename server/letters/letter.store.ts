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
] as const;

/**
 * The fields of a letter for a list, with the title sealed for its owner; no content and no keys.
 */
export type LetterSummary = Pick<StoredLetter, Exclude<(typeof SUMMARY)[number], '_id'> | 'id'> & {
  heading: Bytes | null;
};

const OPTIONAL = [
  'failureReason',
  'deliverAt',
  'deliveredAt',
  'withheldAt',
  'readAt',
  'receiverHeading',
  'emailDueAt',
  'emailNoticeAt',
  'smsDueAt',
  'smsNoticeAt',
] as const;
const OPTIONAL_IN_SUMMARY = ['failureReason', 'deliverAt', 'deliveredAt', 'heading'] as const;
const START_OF_TIME = new Date(0);

export function createLetterStore({ orm: { letters }, query, rows }: Database) {
  async function list(
    side: {
      field: 'receiverId' | 'authorId';
      order: 'deliveredAt' | 'sentAt';
      heading: 'receiverHeading' | 'authorHeading';
    },
    userId: string,
    { cursor, limit }: PageRequest,
  ): Promise<Page<LetterSummary>> {
    if (!isId(userId)) return { items: [], nextCursor: null };
    const position = cursor ? decodeCursor(cursor) : null;
    const rows = await letters
      .where(where.eq(side.field, idOperand(userId)))
      // An undelivered letter has no delivery time, so no range of times includes it.
      .where(position ? behind(side.order, position) : where.gte(side.order, START_OF_TIME))
      .orderBy({ [side.order]: -1, _id: -1 })
      .limit(limit + 1)
      .select(...SUMMARY, side.heading)
      .all();
    const items = rows.slice(0, limit).map(({ [side.heading]: heading, ...row }) => {
      const listed = { ...row, heading };
      return toEntity<LetterSummary>(listed, OPTIONAL_IN_SUMMARY);
    });
    const last = items.at(-1);
    const at = last?.[side.order];
    const nextCursor = rows.length > limit && last && at ? encodeCursor({ at, id: last.id }) : null;
    return { items, nextCursor };
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

    /** Letters this user received, latest delivery first. */
    listInbox: (userId: string, page: PageRequest) =>
      list({ field: 'receiverId', order: 'deliveredAt', heading: 'receiverHeading' }, userId, page),

    /** Letters this user sent, latest first, in every state. */
    listSent: (userId: string, page: PageRequest) =>
      list({ field: 'authorId', order: 'sentAt', heading: 'authorHeading' }, userId, page),

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

    /** Deletes a leaving user's key to the letter, and their sealed title of it. */
    async forgetMember(letterId: string, role: 'author' | 'receiver'): Promise<void> {
      if (!isId(letterId)) return;
      const none = new Uint8Array();
      const fields =
        role === 'author'
          ? { sealedForAuthor: none, authorHeading: none }
          : { sealedForReceiver: none, receiverHeading: null };
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
