import { isId } from '#core/id.ts';
import type { Database } from '../db/client.ts';
import { insertOnce } from '../db/duplicates.ts';
import { changes, type Entity, toEntity } from '../db/entity.ts';

/** The two mailboxes that must approve a change: `new` gets the address, `old` has it now. */
export type Side = 'new' | 'old';
export type EmailChange = Entity<'EmailChange'>;

const OPTIONAL = ['newLinkHash', 'oldLinkHash', 'newAgreedAt', 'oldAgreedAt', 'bouncedAt'] as const;
const linkOf = (side: Side) => (side === 'new' ? 'newLinkHash' : 'oldLinkHash');
const agreedOf = (side: Side) => (side === 'new' ? 'newAgreedAt' : 'oldAgreedAt');

export function createEmailChangeStore({ orm: { emailChanges } }: Database) {
  async function findBy(fields: { _id?: string; newLinkHash?: string; oldLinkHash?: string }) {
    const row = await emailChanges.where(fields).first();
    return row && toEntity<EmailChange>(row, OPTIONAL);
  }

  return {
    /** Replaces an earlier request and invalidates its links. */
    async request(
      wanted: Pick<EmailChange, 'id' | 'requestId' | 'email' | 'createdAt' | 'expiresAt'>,
    ): Promise<void> {
      const { id: userId, ...fields } = wanted;
      const fresh = {
        newLinkHash: null,
        oldLinkHash: null,
        newAgreedAt: null,
        oldAgreedAt: null,
        bouncedAt: null,
      };
      const update = () =>
        emailChanges.where({ _id: userId }).updateAndCount(changes({ ...fields, ...fresh }));
      if ((await update()) === 1) return;
      const row = { _id: userId, ...fields } as Parameters<typeof emailChanges.create>[0];
      if ((await insertOnce(() => emailChanges.create(row))) === 'exists') await update();
    },

    /** The user's request; it may have expired. */
    find: async (userId: string) => (isId(userId) ? findBy({ _id: userId }) : null),

    /**
     * Stores the hash of the link mailed to one side; false when the request was replaced, or that
     * side has approved.
     */
    async setLink(userId: string, requestId: string, side: Side, hash: string): Promise<boolean> {
      if (!isId(userId) || !isId(requestId)) return false;
      const change = await findBy({ _id: userId });
      if (!change || change.requestId !== requestId || change[agreedOf(side)]) return false;
      const same = emailChanges.where({ _id: userId, requestId });
      return (await same.updateAndCount(changes({ [linkOf(side)]: hash }))) === 1;
    },

    async markBounced(userId: string, requestId: string, at: Date): Promise<void> {
      if (!isId(userId) || !isId(requestId)) return;
      await emailChanges.where({ _id: userId, requestId }).updateAndCount(changes({ bouncedAt: at }));
    },

    /** Finds the request a link belongs to, and the link's side; it may have expired. */
    async findByLink(hash: string): Promise<{ change: EmailChange; side: Side } | null> {
      for (const side of ['new', 'old'] as const) {
        const change = await findBy({ [linkOf(side)]: hash });
        if (change) return { change, side };
      }
      return null;
    },

    /** Uses a link up. Of several concurrent callers, one succeeds; the others get null. */
    async agree(hash: string, side: Side, at: Date): Promise<EmailChange | null> {
      const link = linkOf(side);
      const change = await findBy({ [link]: hash });
      if (!change) return null;
      const unused = emailChanges.where({ _id: change.id, requestId: change.requestId, [link]: hash });
      const used = changes({ [link]: null, [agreedOf(side)]: at });
      return (await unused.updateAndCount(used)) === 1 ? findBy({ _id: change.id }) : null;
    },

    /** Ends one request; false when it is gone or was replaced. */
    async end(userId: string, requestId: string): Promise<boolean> {
      if (!isId(userId)) return false;
      return (await emailChanges.where({ _id: userId, requestId }).deleteAndCount()) === 1;
    },

    async delete(userId: string): Promise<void> {
      if (isId(userId)) await emailChanges.where({ _id: userId }).deleteAndCount();
    },
  };
}
