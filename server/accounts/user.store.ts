import type { Bytes } from '#core/bytes.ts';
import { isId } from '#core/id.ts';
import type { AddressTrouble } from '#core/schemas/accounts.ts';
import type { Database } from '../db/client.ts';
import { duplicateField } from '../db/duplicates.ts';
import { changes, type Entity, type NewEntity, toEntity, toRow } from '../db/entity.ts';
import { idOperand, where } from '../db/filters.ts';

/** An account. `username` and `email` are kept in lower case; every key is wrapped or only a verifier. */
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

/** What a reset writes; the identity only when it starts afresh. */
export type KeyReplacement = PasswordKeysUpdate &
  Pick<User, 'wrappedAmkRecovery' | 'recoveryVerifier' | 'recoveryConfirmedAt'> &
  Partial<Pick<User, 'keyEpoch' | 'identityPublicKey' | 'wrappedIdentityKey'>>;

/** The credentials that a change was made from: it is written only while they are still the account's. */
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

  /** Compare-and-set: false, and nothing written, when the credentials have changed since they were read. */
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
    /** Names the unique field that is taken; an id that is taken is an error, not an answer. */
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

    /** The person who has verified the address; if nobody has, one of those who gave it. */
    findByEmail: async (email: string) => (await findBy({ verifiedEmail: email })) ?? findBy({ email }),

    findByFriendCode: (friendCode: string) => findBy({ friendCode }),

    /** Those of the ids that exist, in no particular order. */
    async findManyByIds(ids: readonly string[]): Promise<User[]> {
      const known = ids.filter(isId);
      if (known.length === 0) return [];
      const rows = await users.where(where.in('_id', known.map(idOperand))).all();
      return rows.map((row) => toEntity<User>(row, OPTIONAL));
    },

    /** False when there is no such account, its address was corrected, or another one has verified the same before. */
    async markEmailVerified(id: string, at: Date): Promise<boolean> {
      const user = isId(id) ? await findBy({ _id: id }) : null;
      if (!user) return false;
      const { email } = user;
      // Nor is it deleted any more as one that was never confirmed.
      const gone = { addressTrouble: null, deleteAt: null };
      const verified = changes({ emailVerifiedAt: at, verifiedEmail: email, ...gone });
      try {
        // Not counted: a second time at the same moment changes nothing and is no failure.
        return (await users.where({ _id: id, email }).update(verified)) !== null;
      } catch (error) {
        if (duplicateField(error) === 'verifiedEmail') return false;
        throw error;
      }
    },

    /** Another address for an account that never confirmed the first; false when it has, or has another one by now. */
    async correctEmail(id: string, from: string, to: string): Promise<boolean> {
      if (!isId(id)) return false;
      const unconfirmed = users.where({ _id: id, email: from }).where(where.isNull('emailVerifiedAt'));
      return (await unconfirmed.updateAndCount(changes({ email: to, addressTrouble: null }))) === 1;
    },

    /** Why no link reaches the owner of an unconfirmed address; null where one may be on its way again. */
    async setAddressTrouble(id: string, email: string, addressTrouble: AddressTrouble | null): Promise<void> {
      if (!isId(id)) return;
      const unconfirmed = users.where({ _id: id, email }).where(where.isNull('emailVerifiedAt'));
      await unconfirmed.updateAndCount(changes({ addressTrouble }));
    },

    /** Has accounts deleted that were made before a moment and never confirmed; at most so many of them. */
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

    /** Puts a verified address in the place of another one, unless that is not the account's or somebody has verified it. */
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
     * New recovery words: they count as unconfirmed until {@link confirmRecovery}.
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

    /** Another password. @returns false as {@link setRecovery} */
    setPasswordKeys: (seen: SeenCredentials, keys: PasswordKeysUpdate, since: Date) =>
      replaceCredentials(seen, { ...keys, credentialsSince: since }),

    /** The same password at another cost, or under another secret of the server. @returns false when another log-in did it first, or as {@link setRecovery} */
    upgradePasswordKeys: (
      seen: SeenCredentials & Pick<User, 'kdfMemoryKiB' | 'kdfIterations' | 'secretVersion'>,
      keys: PasswordKeysUpdate,
    ) => {
      const { kdfMemoryKiB, kdfIterations, secretVersion } = seen;
      return replaceCredentials(seen, keys, { kdfMemoryKiB, kdfIterations, secretVersion });
    },

    /** From here on no device and no place is known from before. */
    forgetDevices: (id: string, since: Date) => update(id, { credentialsSince: since }),

    /** Null lets forms take the password again. */
    setAssistedForbidden: (id: string, at: Date | null) => update(id, { assistedForbiddenAt: at }),

    /** Null lets its owner in again. */
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

    /** Says when the account is to be deleted; false when that is said already. */
    async scheduleDeletion(id: string, deleteAt: Date): Promise<boolean> {
      if (!isId(id)) return false;
      const staying = users.where({ _id: id }).where(where.isNull('deleteAt'));
      return (await staying.updateAndCount(changes({ deleteAt }))) === 1;
    },

    /** Calls the deletion off; false when there is none, or its time has come. */
    async cancelDeletion(id: string, now: Date): Promise<boolean> {
      if (!isId(id)) return false;
      const leaving = users.where({ _id: id }).where(where.gt('deleteAt', now));
      return (await leaving.updateAndCount(changes({ deleteAt: null }))) === 1;
    },

    /** How many accounts have a key share of a secret before this one; of the very first unless they say. Up to a limit. */
    async countOnPastSecret(version: number, limit: number): Promise<number> {
      const past = [where.isNull('secretVersion'), where.lt('secretVersion', version)];
      const rows = await Promise.all(past.map((one) => users.where(one).limit(limit).select('_id').all()));
      return Math.min(limit, new Set(rows.flat().map(({ _id }) => _id)).size);
    },

    /** Whether an account has a key share of this secret. */
    async hasSecretVersion(version: number): Promise<boolean> {
      const mine = version === 1 ? [where.isNull('secretVersion')] : [];
      for (const one of [where.eq('secretVersion', version), ...mine])
        if ((await users.where(one).limit(1).select('_id').all()).length > 0) return true;
      return false;
    },

    /** Whether there is no account at all. */
    async isEmpty(): Promise<boolean> {
      return (await users.where(where.gte('friendCode', '')).limit(1).select('_id').all()).length === 0;
    },

    /** Ids of accounts whose time had come before a moment, the longest due first. */
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

    /** Deletes an account whose time had come before a moment, with every key there is of it, in one write. */
    async deleteLeaving(id: string, before: Date): Promise<boolean> {
      if (!isId(id)) return false;
      return (await users.where({ _id: id }).where(where.lt('deleteAt', before)).deleteAndCount()) === 1;
    },

    /**
     * New password and recovery words, and after a fresh start a new identity, in one write: all or nothing. Pins that only the
     * old keys open go with them.
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
