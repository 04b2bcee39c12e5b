import type { Bytes } from '#core/bytes.ts';
import type { Database } from '../db/client.ts';
import { insertOnce } from '../db/duplicates.ts';
import { changes, type Entity, type NewEntity, toEntity, toRow } from '../db/entity.ts';

/** `making` while the demo users are created; `none` once it is decided that there are none. */
type DemoState = 'making' | 'made' | 'none';
export type InstallationRecord = Omit<Entity<'Installation'>, 'demo'> & { demo: DemoState | null };

const ID = '000000000000000000000001';
const OPTIONAL = ['pastSecrets', 'demo'] as const;

export type InstallationStore = ReturnType<typeof createInstallationStore>;

export function createInstallationStore({ orm: { installations } }: Database) {
  const one = () => installations.where({ _id: ID });

  return {
    async find(): Promise<InstallationRecord | null> {
      const row = await one().first();
      return row && toEntity<InstallationRecord>(row, OPTIONAL);
    },

    /** `exists`: another process was first. */
    async insert(record: Omit<NewEntity<InstallationRecord>, 'id'>): Promise<'inserted' | 'exists'> {
      return insertOnce(() => installations.create(toRow({ id: ID, ...record })));
    },

    /** Compare-and-set of the secret; false when another process changed it in the meantime. */
    async switchSecret(
      seenVersion: number,
      next: { secretVersion: number; secretCheck: Bytes; pastSecrets: Bytes },
    ): Promise<boolean> {
      const seen = installations.where({ _id: ID, secretVersion: seenVersion });
      return (await seen.updateAndCount(changes(next))) === 1;
    },

    /** Stores earlier secrets; false when the current secret has changed in the meantime. */
    async keepPast(secretVersion: number, pastSecrets: Bytes): Promise<boolean> {
      const seen = installations.where({ _id: ID, secretVersion });
      return (await seen.updateAndCount(changes({ pastSecrets }))) === 1;
    },

    async setDemo(demo: DemoState, demoUserIds: string[]): Promise<void> {
      await one().updateAndCount({ demo, demoUserIds });
    },
  };
}
