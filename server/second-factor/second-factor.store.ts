import { isId } from '#core/id.ts';
import type { Database } from '../db/client.ts';
import { insertOnce } from '../db/duplicates.ts';
import { changes, type Entity, toEntity } from '../db/entity.ts';
import { idOperand, where } from '../db/filters.ts';

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
    /** An account without any has an empty document of version 0. */
    async find(userId: string): Promise<SecondFactor> {
      const row = isId(userId) ? await secondFactors.where({ _id: userId }).first() : null;
      return toEntity<SecondFactor>(
        row ?? ({ _id: userId, codeMacs: [], version: 0 } as { _id: string }),
        OPTIONAL,
      );
    },

    /** Compare-and-set: of several concurrent callers, one succeeds. */
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

    /** Those with ids after `id`, ascending. */
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
