import { isId } from '#core/id.ts';
import type { Database } from '../db/client.ts';
import { insertOnce } from '../db/duplicates.ts';
import { changes, type Entity, type NewEntity, toEntity, toRow } from '../db/entity.ts';

/** A passkey. `counter` is the authenticator's signature counter, in decimal digits. */
export type Passkey = Entity<'Passkey'>;

const OPTIONAL = ['lastUsedAt'] as const;

export function createPasskeyStore({ orm: { passkeys } }: Database) {
  return {
    /** `exists`: the credential is registered already. */
    async insert(passkey: NewEntity<Passkey>): Promise<'inserted' | 'exists'> {
      return insertOnce(() => passkeys.create(toRow(passkey)));
    },

    /** Oldest first. */
    async listByUser(userId: string): Promise<Passkey[]> {
      if (!isId(userId)) return [];
      const rows = await passkeys.where({ userId }).orderBy({ createdAt: 1 }).all();
      return rows.map((row) => toEntity<Passkey>(row, OPTIONAL));
    },

    /**
     * Records a use; false when the counter changed since, so that one of two equal answers is
     * accepted.
     */
    async markUsed(passkey: Passkey, counter: string, at: Date): Promise<boolean> {
      const { id, userId, counter: seen } = passkey;
      const written = changes({ counter, lastUsedAt: at });
      return (await passkeys.where({ _id: id, userId, counter: seen }).updateAndCount(written)) === 1;
    },

    /** False when this user has no such passkey. */
    async rename(userId: string, id: string, name: string): Promise<boolean> {
      if (!isId(userId) || !isId(id)) return false;
      // Not counted: an unchanged name is no failure.
      return (await passkeys.where({ _id: id, userId }).update({ name })) !== null;
    },

    /** False when this user has no such passkey. */
    async delete(userId: string, id: string): Promise<boolean> {
      if (!isId(userId) || !isId(id)) return false;
      return (await passkeys.where({ _id: id, userId }).deleteAndCount()) === 1;
    },

    async deleteByUser(userId: string): Promise<void> {
      if (isId(userId)) await passkeys.where({ userId }).deleteAndCount();
    },
  };
}
