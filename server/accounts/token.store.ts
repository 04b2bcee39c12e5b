import { isId } from '#core/id.ts';
import type { Database } from '../db/client.ts';
import { type Entity, toEntity, toRow } from '../db/entity.ts';

/** A single-use token, known only by its hash, good for one purpose. */
export type Token = Entity<'Token'>;

export function createTokenStore({ orm: { tokens } }: Database) {
  async function find(hash: string, purpose: string): Promise<Token | null> {
    const row = await tokens.where({ hash, purpose }).first();
    return row && toEntity<Token>(row, ['address']);
  }

  return {
    async insert(token: Token): Promise<void> {
      await tokens.create(toRow(token));
    },

    /** Looks without using it up. An expired token can still be there: the caller looks at `expiresAt`. */
    find,

    /** Uses the token up. Of several callers at once, one gets it; null once it is used or expired. */
    async consume(hash: string, purpose: string, now: Date): Promise<Token | null> {
      const token = await find(hash, purpose);
      if (!token || token.expiresAt.getTime() <= now.getTime()) return null;
      // Only the one whose delete took effect has it.
      return (await tokens.where({ _id: token.id }).deleteAndCount()) === 1 ? token : null;
    },

    /** Without a purpose: those for every purpose. */
    async deleteByUser(userId: string, purpose?: string): Promise<void> {
      if (!isId(userId)) return;
      await tokens.where(purpose === undefined ? { userId } : { userId, purpose }).deleteAndCount();
    },
  };
}
