import { isId } from '#core/id.ts';
import type { Database } from '../db/client.ts';
import { changes, type Entity, type NewEntity, toEntity, toRow } from '../db/entity.ts';
import { idOperand, where } from '../db/filters.ts';

/**
 * `joining`: the recovery words or the address are still to be confirmed; `waiting`: the address
 * is, after a login that brought no keys; `full`: logged in.
 */
export type SessionStage = 'joining' | 'waiting' | 'full';
/** Who opens letters: the server during a request, or only the browser. */
export type SessionMode = 'assisted' | 'sealed';

/**
 * A login on one device. An assisted session's keys open only with the cookie's half; a sealed one
 * has none.
 */
type Session = Omit<Entity<'Session'>, 'stage' | 'mode'> & { stage: SessionStage; mode: SessionMode };
export type NewSession = NewEntity<Session>;

const OPTIONAL = ['serverHalf', 'sealedKeys', 'sealedWords', 'userAgent', 'address'] as const;

export function createSessionStore({ orm: { sessions } }: Database) {
  async function update(id: string, fields: Partial<Omit<Session, 'id'>>): Promise<void> {
    if (isId(id)) await sessions.where({ _id: id }).updateAndCount(changes(fields));
  }

  return {
    async insert(session: NewSession): Promise<void> {
      await sessions.create(toRow(session));
    },

    /** May return an expired session for up to a minute: the caller checks `expiresAt`. */
    async findByTokenHash(tokenHash: string): Promise<Session | null> {
      const row = await sessions.where({ tokenHash }).first();
      return row && toEntity<Session>(row, OPTIONAL);
    },

    async listByUser(userId: string): Promise<Session[]> {
      if (!isId(userId)) return [];
      const rows = await sessions.where({ userId }).all();
      return rows.map((row) => toEntity<Session>(row, OPTIONAL));
    },

    /** Records a visit: its time, the new expiry, and the shortened client address. */
    touch: (id: string, at: Date, expiresAt: Date, address: string) =>
      update(id, { lastSeenAt: at, expiresAt, address }),

    clearPendingPhrase: (id: string) => update(id, { sealedWords: null }),

    /** Stores recovery words, sealed like the keys, until they are confirmed. */
    setPendingPhrase: (id: string, sealedWords: Session['sealedWords']) => update(id, { sealedWords }),

    /**
     * Ends the least recently used sessions beyond `keep`. Never ends `newest`, even among others
     * of its millisecond.
     */
    async endOldest(userId: string, keep: number, newest: string): Promise<void> {
      if (!isId(userId)) return;
      const own = await sessions.where({ userId }).select('_id', 'lastSeenAt').all();
      const others = own.filter(({ _id }) => _id !== newest);
      const oldest = others.sort((a, b) => b.lastSeenAt.getTime() - a.lastSeenAt.getTime()).slice(keep - 1);
      for (const { _id } of oldest) await sessions.where({ _id }).deleteAndCount();
    },

    /** Ends one session of a user; false when it belongs to another user or is over. */
    async end(id: string, userId: string): Promise<boolean> {
      if (!isId(id) || !isId(userId)) return false;
      return (await sessions.where({ _id: id, userId }).deleteAndCount()) === 1;
    },

    async deleteById(id: string): Promise<void> {
      if (isId(id)) await sessions.where({ _id: id }).deleteAndCount();
    },

    async deleteAssisted(userId: string): Promise<void> {
      if (isId(userId)) await sessions.where({ userId, mode: 'assisted' }).deleteAndCount();
    },

    /** @returns how many sessions ended */
    async deleteByUser(userId: string, exceptId?: string): Promise<number> {
      if (!isId(userId)) return 0;
      const all = sessions.where({ userId });
      const wanted = isId(exceptId) ? all.where(where.neq('_id', idOperand(exceptId))) : all;
      return wanted.deleteAndCount();
    },
  };
}
