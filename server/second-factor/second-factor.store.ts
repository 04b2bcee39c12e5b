import { isId } from '#core/id.ts';
import type { Database } from '../db/client.ts';
import { insertOnce } from '../db/duplicates.ts';
import { changes, type Entity, toEntity } from '../db/entity.ts';
import { idOperand, where } from '../db/filters.ts';

/** What an account has set up in addition to its password; empty if it never did. */
export type SecondFactor = Entity<'SecondFactor'>;

const OPTIONAL = [
  'totpSecret',
  'totpSince',
  'totpStep',
  'pendingSecret',
  'pendingUntil',
  'codesSince',
  'passkeyChallenge',
  'passkeyUntil',
] as const;

export function createSecondFactorStore({ orm: { secondFactors } }: Database) {
  return {
    /** An account that has set nothing up has an empty one of version 0. */
    async find(userId: string): Promise<SecondFactor> {
      const row = isId(userId) ? await secondFactors.where({ _id: userId }).first() : null;
      return toEntity<SecondFactor>(
        row ?? ({ _id: userId, codeMacs: [], version: 0 } as { _id: string }),
        OPTIONAL,
      );
    },

    /** Changes it if it is still as it was seen: of several callers, one. */
    async save(seen: SecondFactor, fields: Partial<Omit<SecondFactor, 'id' | 'version'>>): Promise<boolean> {
      const { id, version } = seen;
      if (!isId(id)) return false;
      const written = changes({ ...fields, version: version + 1 });
      if (version > 0) return (await secondFactors.where({ _id: id, version }).updateAndCount(written)) === 1;
      const row = { _id: id, codeMacs: [], version: 0 } as unknown as Parameters<
        typeof secondFactors.create
      >[0];
      await insertOnce(() => secondFactors.create(row));
      return (await secondFactors.where({ _id: id, version: 0 }).updateAndCount(written)) === 1;
    },

    /** Those with ids after another one, ascending. */
    async listAfter(id: string, limit: number): Promise<SecondFactor[]> {
      const rows = await secondFactors
        .where(where.gt('_id', idOperand(id)))
        .orderBy({ _id: 1 })
        .limit(limit)
        .all();
      return rows.map((row) => toEntity<SecondFactor>(row, OPTIONAL));
    },

    async delete(userId: string): Promise<void> {
      if (isId(userId)) await secondFactors.where({ _id: userId }).deleteAndCount();
    },
  };
}
