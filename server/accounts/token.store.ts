import { isId } from '#core/id.ts';
import type { Database } from '../db/client.ts';
import { type Entity, toEntity, toRow } from '../db/entity.ts';

/** A single-use token for one purpose, known only by its hash. */
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

    /**
     * Finds a token without using it up. It may have expired up to a minute ago: the caller checks
     * `expiresAt`.
     */
    find,

    /**
     * Uses the token up. Of several concurrent callers, one gets it; null when it is used or
     * expired.
     */
    async consume(hash: string, purpose: string, now: Date): Promise<Token | null> {
      const token = await find(hash, purpose);
      if (!token || token.expiresAt.getTime() <= now.getTime()) return null;
      // Only the caller whose delete took effect has it.
      return (await tokens.where({ _id: token.id }).deleteAndCount()) === 1 ? token : null;
    },

    async deleteByUser(userId: string, purpose?: string): Promise<void> {
      if (!isId(userId)) return;
      await tokens.where(purpose === undefined ? { userId } : { userId, purpose }).deleteAndCount();
    },
  };
}
