import type { Bytes } from '#core/bytes.ts';
import { isId } from '#core/id.ts';
import type { AddressTrouble } from '#core/schemas/accounts.ts';
import type { Database } from '../db/client.ts';
import { duplicateField } from '../db/duplicates.ts';
import { changes, type Entity, type NewEntity, toEntity, toRow } from '../db/entity.ts';
import { idOperand, where } from '../db/filters.ts';

/** An account. `username` and `email` are lower case; keys are stored wrapped, or as verifiers. */
export type User = Omit<Entity<'User'>, 'verifiedEmail' | 'addressTrouble'> & {
  addressTrouble: AddressTrouble | null;
};
export type NewUser = NewEntity<User>;

export type PasswordKeysUpdate = Pick<
  User,
  | 'kdfSalt'
  | 'kdfMemoryKiB'
  | 'kdfIterations'
  | 'kdfParallelism'
  | 'authVerifier'
  | 'wrappedAmk'
  | 'secretVersion'
>;

const OPTIONAL = [
  'emailVerifiedAt',
  'mobile',
  'timeZone',
  'locale',
  'recoveryConfirmedAt',
  'pins',
  'pinsVersion',
  'deleteAt',
  'assistedForbiddenAt',
  'credentialsSince',
  'secretVersion',
  'lockedAt',
  'addressTrouble',
] as const;

type UniqueFields = { [K in '_id' | 'username' | 'email' | 'verifiedEmail' | 'friendCode']?: string };

/** The fields a reset writes; the identity only in a reset without recovery. */
export type KeyReplacement = PasswordKeysUpdate &
  Pick<User, 'wrappedAmkRecovery' | 'recoveryVerifier' | 'recoveryConfirmedAt'> &
  Partial<Pick<User, 'keyEpoch' | 'identityPublicKey' | 'wrappedIdentityKey'>>;

/**
 * The credentials a change is based on. The change is written only while they are still current.
 */
export type SeenCredentials = Pick<User, 'id' | 'credentialsSince'>;

export function createUserStore({ orm: { users } }: Database) {
  async function findBy(fields: UniqueFields): Promise<User | null> {
    const row = await users.where(fields).first();
    if (!row) return null;
    const { verifiedEmail: _, ...user } = toEntity<User & { verifiedEmail: string | null }>(row, OPTIONAL);
    return user;
  }

  async function update(id: string, fields: Partial<Omit<Entity<'User'>, 'id'>>): Promise<void> {
    if (isId(id)) await users.where({ _id: id }).updateAndCount(changes(fields));
  }

  /**
   * Compare-and-set: false, and nothing written, when the credentials changed since they were read.
   */
  async function replaceCredentials(
    { id, credentialsSince }: SeenCredentials,
    fields: object,
    { secretVersion, ...only }: Partial<Pick<User, 'kdfMemoryKiB' | 'kdfIterations' | 'secretVersion'>> = {},
  ): Promise<boolean> {
    if (!isId(id)) return false;
    const seen = credentialsSince
      ? where.eq('credentialsSince', credentialsSince)
      : where.isNull('credentialsSince');
    const same = users.where({ _id: id, ...only }).where(seen);
    const mine =
      secretVersion === undefined
        ? same
        : same.where(
            secretVersion ? where.eq('secretVersion', secretVersion) : where.isNull('secretVersion'),
          );
    return (await mine.updateAndCount(changes(fields))) === 1;
  }

  return {
    /** Names the unique field that is taken; throws when the id is. */
    async insert(user: NewUser): Promise<'inserted' | 'username-taken' | 'email-taken' | 'code-taken'> {
      const verifiedEmail = user.emailVerifiedAt ? user.email : null;
      try {
        await users.create(toRow({ ...user, verifiedEmail }));
        return 'inserted';
      } catch (error) {
        const field = duplicateField(error);
        if (field === 'username') return 'username-taken';
        if (field === 'verifiedEmail') return 'email-taken';
        if (field === 'friendCode') return 'code-taken';
        throw error;
      }
    },

    findById: async (id: string) => (isId(id) ? findBy({ _id: id }) : null),

    findByUsername: (username: string) => findBy({ username }),

    /** The user who verified the address, or else one of those who joined with it. */
    findByEmail: async (email: string) => (await findBy({ verifiedEmail: email })) ?? findBy({ email }),

    findByFriendCode: (friendCode: string) => findBy({ friendCode }),

    /** The users that exist, in no particular order. */
    async findManyByIds(ids: readonly string[]): Promise<User[]> {
      const known = ids.filter(isId);
      if (known.length === 0) return [];
      const rows = await users.where(where.in('_id', known.map(idOperand))).all();
      return rows.map((row) => toEntity<User>(row, OPTIONAL));
    },

    /**
     * False when the account is gone, its address was corrected, or another user verified the same
     * one first.
     */
    async markEmailVerified(id: string, at: Date): Promise<boolean> {
      const user = isId(id) ? await findBy({ _id: id }) : null;
      if (!user) return false;
      const { email } = user;
      // Also stops the deletion of never-confirmed accounts.
      const gone = { addressTrouble: null, deleteAt: null };
      const verified = changes({ emailVerifiedAt: at, verifiedEmail: email, ...gone });
      try {
        // Not counted: repeating it in the same millisecond changes nothing and is no failure.
        return (await users.where({ _id: id, email }).update(verified)) !== null;
      } catch (error) {
        if (duplicateField(error) === 'verifiedEmail') return false;
        throw error;
      }
    },

    /**
     * Replaces an address that was never confirmed; false when it was confirmed, or has changed.
     */
    async correctEmail(id: string, from: string, to: string): Promise<boolean> {
      if (!isId(id)) return false;
      const unconfirmed = users.where({ _id: id, email: from }).where(where.isNull('emailVerifiedAt'));
      return (await unconfirmed.updateAndCount(changes({ email: to, addressTrouble: null }))) === 1;
    },

    /**
     * Records why no link reaches the owner of an unconfirmed address; null once one may be on its
     * way again.
     */
    async setAddressTrouble(id: string, email: string, addressTrouble: AddressTrouble | null): Promise<void> {
      if (!isId(id)) return;
      const unconfirmed = users.where({ _id: id, email }).where(where.isNull('emailVerifiedAt'));
      await unconfirmed.updateAndCount(changes({ addressTrouble }));
    },

    /** Schedules the deletion of up to `limit` accounts that were never confirmed. */
    async expireUnconfirmed(madeBefore: Date, limit: number): Promise<number> {
      const rows = await users
        .where(where.isNull('emailVerifiedAt'))
        .where(where.isNull('deleteAt'))
        .where(where.lt('createdAt', madeBefore))
        .limit(limit)
        .select('_id')
        .all();
      for (const { _id } of rows) {
        const unconfirmed = users.where({ _id }).where(where.isNull('emailVerifiedAt'));
        await unconfirmed.updateAndCount(changes({ deleteAt: madeBefore }));
      }
      return rows.length;
    },

    /**
     * Replaces a verified address, unless it is no longer the account's or another user verified
     * the new one.
     */
    async changeEmail(id: string, from: string, to: string, at: Date): Promise<'changed' | 'taken' | 'gone'> {
      if (!isId(id)) return 'gone';
      const verified = changes({ email: to, verifiedEmail: to, emailVerifiedAt: at });
      try {
        const mine = users.where({ _id: id, email: from });
        return (await mine.updateAndCount(verified)) === 1 ? 'changed' : 'gone';
      } catch (error) {
        if (duplicateField(error) === 'verifiedEmail') return 'taken';
        throw error;
      }
    },

    /**
     * Stores new recovery words, unconfirmed until {@link confirmRecovery}.
     *
     * @param since see {@link nextChange}
     * @returns false, and nothing is written, when the credentials changed since they were read
     */
    setRecovery: (
      seen: SeenCredentials,
      keys: { wrappedAmkRecovery: Bytes; recoveryVerifier: Bytes },
      since: Date | null,
    ) => replaceCredentials(seen, { ...keys, recoveryConfirmedAt: null, credentialsSince: since }),

    confirmRecovery: (id: string, at: Date) => update(id, { recoveryConfirmedAt: at }),

    /**
     * Stores another password.
     *
     * @returns false as {@link setRecovery}
     */
    setPasswordKeys: (seen: SeenCredentials, keys: PasswordKeysUpdate, since: Date) =>
      replaceCredentials(seen, { ...keys, credentialsSince: since }),

    /**
     * Stores the same password at another cost, or under another server secret.
     *
     * @returns false when another login did it first, or as {@link setRecovery}
     */
    upgradePasswordKeys: (
      seen: SeenCredentials & Pick<User, 'kdfMemoryKiB' | 'kdfIterations' | 'secretVersion'>,
      keys: PasswordKeysUpdate,
    ) => {
      const { kdfMemoryKiB, kdfIterations, secretVersion } = seen;
      return replaceCredentials(seen, keys, { kdfMemoryKiB, kdfIterations, secretVersion });
    },

    /** Forgets all known devices and addresses up to `since`. */
    forgetDevices: (id: string, since: Date) => update(id, { credentialsSince: since }),

    /** Null allows typed passwords again. */
    setAssistedForbidden: (id: string, at: Date | null) => update(id, { assistedForbiddenAt: at }),

    /** Null unlocks the account. */
    setLocked: (id: string, at: Date | null) => update(id, { lockedAt: at }),

    setMobile: (id: string, mobile: string | null) => update(id, { mobile }),

    setProfile: (id: string, profile: Pick<User, 'displayName' | 'timeZone' | 'locale'>) =>
      update(id, profile),

    setTimeZone: (id: string, timeZone: string | null) => update(id, { timeZone }),

    /** Compare-and-set of the sealed pins: false when they were saved in between. */
    async savePins(
      id: string,
      pins: Bytes,
      expectedVersion: number,
      nextVersion = expectedVersion + 1,
    ): Promise<boolean> {
      if (!isId(id)) return false;
      const seen =
        expectedVersion === 0 ? where.isNull('pinsVersion') : where.eq('pinsVersion', expectedVersion);
      const written = changes({ pins, pinsVersion: nextVersion });
      return (await users.where({ _id: id }).where(seen).updateAndCount(written)) === 1;
    },

    /** Schedules the account's deletion; false when it is scheduled already. */
    async scheduleDeletion(id: string, deleteAt: Date): Promise<boolean> {
      if (!isId(id)) return false;
      const staying = users.where({ _id: id }).where(where.isNull('deleteAt'));
      return (await staying.updateAndCount(changes({ deleteAt }))) === 1;
    },

    /** Cancels the deletion; false when there is none, or its time has come. */
    async cancelDeletion(id: string, now: Date): Promise<boolean> {
      if (!isId(id)) return false;
      const leaving = users.where({ _id: id }).where(where.gt('deleteAt', now));
      return (await leaving.updateAndCount(changes({ deleteAt: null }))) === 1;
    },

    /**
     * Counts accounts, up to `limit`, with a key share of an earlier secret. Those without a
     * version have the first.
     */
    async countOnPastSecret(version: number, limit: number): Promise<number> {
      const past = [where.isNull('secretVersion'), where.lt('secretVersion', version)];
      const rows = await Promise.all(past.map((one) => users.where(one).limit(limit).select('_id').all()));
      return Math.min(limit, new Set(rows.flat().map(({ _id }) => _id)).size);
    },

    async hasSecretVersion(version: number): Promise<boolean> {
      const mine = version === 1 ? [where.isNull('secretVersion')] : [];
      for (const one of [where.eq('secretVersion', version), ...mine])
        if ((await users.where(one).limit(1).select('_id').all()).length > 0) return true;
      return false;
    },

    async isEmpty(): Promise<boolean> {
      return (await users.where(where.gte('friendCode', '')).limit(1).select('_id').all()).length === 0;
    },

    async listLeaving(before: Date, limit: number): Promise<string[]> {
      const rows = await users
        .where(where.gte('deleteAt', new Date(0)))
        .where(where.lt('deleteAt', before))
        .orderBy({ deleteAt: 1 })
        .limit(limit)
        .select('_id')
        .all();
      return rows.map(({ _id }) => _id);
    },

    /** Deletes an account that was due before a moment, with all its keys, in one write. */
    async deleteLeaving(id: string, before: Date): Promise<boolean> {
      if (!isId(id)) return false;
      return (await users.where({ _id: id }).where(where.lt('deleteAt', before)).deleteAndCount()) === 1;
    },

    /**
     * Stores new password and recovery words, and a new identity in a reset without recovery, in
     * one atomic write. Deletes pins, as only the old keys open them.
     *
     * @returns false as {@link setRecovery}
     */
    replaceKeys: (seen: SeenCredentials, keys: KeyReplacement, since: Date) =>
      replaceCredentials(seen, {
        ...keys,
        credentialsSince: since,
        ...(keys.keyEpoch !== undefined && { pins: null }),
      }),

    async setFriendCode(id: string, friendCode: string): Promise<'set' | 'code-taken'> {
      try {
        await update(id, { friendCode });
        return 'set';
      } catch (error) {
        if (duplicateField(error) === 'friendCode') return 'code-taken';
        throw error;
      }
    },
  };
}
