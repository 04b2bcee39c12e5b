import { isId } from '#core/id.ts';
import type { SessionMode } from '../accounts/session.store.ts';
import type { Database } from '../db/client.ts';
import { changes, type Entity, type NewEntity, toEntity, toRow } from '../db/entity.ts';

/** A login that waits for its second factor, known only by the hash of its challenge. */
export type PendingLogIn = Omit<Entity<'PendingLogIn'>, 'mode'> & { mode: SessionMode };

const OPTIONAL = ['serverHalf', 'sealedKeys', 'passkeyChallenge'] as const;

export function createPendingLogInStore({ orm: { pendingLogIns } }: Database) {
  return {
    async insert(pending: NewEntity<PendingLogIn>): Promise<void> {
      await pendingLogIns.create(toRow(pending));
    },

    /** Ends the oldest beyond `keep`. Never ends `newest`, even among others of its millisecond. */
    async endOldest(userId: string, keep: number, newest: string): Promise<void> {
      if (!isId(userId)) return;
      const own = await pendingLogIns.where({ userId }).select('_id', 'createdAt').all();
      const others = own.filter(({ _id }) => _id !== newest);
      const oldest = others.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime()).slice(keep - 1);
      for (const { _id } of oldest) await pendingLogIns.where({ _id }).deleteAndCount();
    },

    /** May return an expired one for up to a minute: the caller checks `expiresAt`. */
    async findByTokenHash(tokenHash: string): Promise<PendingLogIn | null> {
      const row = await pendingLogIns.where({ tokenHash }).first();
      return row && toEntity<PendingLogIn>(row, OPTIONAL);
    },

    /** Stores the challenge for the passkey, in place of an earlier one. */
    async setPasskeyChallenge(id: string, passkeyChallenge: string): Promise<void> {
      await pendingLogIns.where({ _id: id }).updateAndCount(changes({ passkeyChallenge }));
    },

    /** Uses the passkey's challenge up: only one of several answers to it is checked. */
    async takePasskeyChallenge({ id, passkeyChallenge }: PendingLogIn): Promise<boolean> {
      if (passkeyChallenge === null) return false;
      const asked = pendingLogIns.where({ _id: id, passkeyChallenge });
      return (await asked.updateAndCount(changes({ passkeyChallenge: null }))) === 1;
    },

    /**
     * Uses one attempt up before the code is compared; false when a concurrent caller used it, or
     * none is left.
     */
    async spendTry({ id, triesLeft }: PendingLogIn): Promise<boolean> {
      if (triesLeft < 1) return false;
      const unspent = pendingLogIns.where({ _id: id, triesLeft });
      return (await unspent.updateAndCount({ triesLeft: triesLeft - 1 })) === 1;
    },

    /** Uses it up: of several concurrent callers, one gets a session. */
    async consume(id: string): Promise<boolean> {
      return (await pendingLogIns.where({ _id: id }).deleteAndCount()) === 1;
    },

    async deleteByUser(userId: string): Promise<void> {
      if (isId(userId)) await pendingLogIns.where({ userId }).deleteAndCount();
    },
  };
}
