import { isId } from '#core/id.ts';
import type { Database } from '../db/client.ts';
import { changes, type Entity, type NewEntity, toEntity, toRow } from '../db/entity.ts';
import { idOperand, where } from '../db/filters.ts';

/** A one-time invitation, known only by its token's hash. */
export type Invitation = Entity<'Invitation'>;

const OPTIONAL = ['claimedBy', 'usedAt'] as const;

export function createInvitationStore({ orm: { invitations } }: Database) {
  const unclaimed = () => invitations.where(where.isNull('claimedBy')).where(where.isNull('usedAt'));

  return {
    async insert(invitation: NewEntity<Invitation>): Promise<void> {
      await invitations.create(toRow(invitation));
    },

    /** May return an expired one for up to a minute: the caller checks `expiresAt`. */
    async find(hash: string): Promise<Invitation | null> {
      const row = await invitations.where({ hash }).first();
      return row && toEntity<Invitation>(row, OPTIONAL);
    },

    /** A user's invitations that nobody has claimed, the latest first. */
    async listOpen(inviterId: string, now: Date, limit: number): Promise<Invitation[]> {
      if (!isId(inviterId)) return [];
      const rows = await unclaimed()
        .where({ inviterId })
        .where(where.gt('expiresAt', now))
        .orderBy({ createdAt: -1 })
        .limit(limit)
        .all();
      return rows.map((row) => toEntity<Invitation>(row, OPTIONAL));
    },

    /**
     * Claims an invitation before the friendship is made. Of several concurrent callers, one gets
     * it; whoever has it already gets it again.
     */
    async claim(id: string, userId: string, now: Date): Promise<boolean> {
      if (!isId(id) || !isId(userId)) return false;
      const good = unclaimed().where({ _id: id }).where(where.gt('expiresAt', now));
      if ((await good.updateAndCount(changes({ claimedBy: userId }))) === 1) return true;
      const own = await invitations
        .where({ _id: id })
        .where(where.eq('claimedBy', idOperand(userId)))
        .first();
      return own !== null;
    },

    /** Ends a claimed invitation, and forgets who has claimed it. */
    async setUsed(id: string, at: Date): Promise<void> {
      if (!isId(id)) return;
      await invitations.where({ _id: id }).updateAndCount(changes({ usedAt: at, claimedBy: null }));
    },

    /** Deletes a user's invitation; false when it isn't theirs, or somebody has claimed it. */
    async revoke(id: string, inviterId: string): Promise<boolean> {
      if (!isId(id) || !isId(inviterId)) return false;
      return (await unclaimed().where({ _id: id, inviterId }).deleteAndCount()) === 1;
    },

    async deleteByInviter(inviterId: string): Promise<void> {
      if (isId(inviterId)) await invitations.where({ inviterId }).deleteAndCount();
    },
  };
}
