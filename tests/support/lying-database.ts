import { type Bytes, concatBytes } from '#core/bytes.ts';
import { createIdentity, newMasterKey } from '#core/crypto/index.ts';
import { changes } from '#server/db/entity.ts';
import type { Installation } from './installation.ts';

/** What an installation tells of somebody, and can tell otherwise: as a server that lies, with the scripts untouched. */
export async function makeLiar({ container }: Installation) {
  const { users } = container.db.orm;
  const userOf = async (username: string) => {
    const user = await container.stores.users.findByUsername(username);
    if (!user) throw new Error(`nobody is called ${username}`);
    return user;
  };
  /** The server has the private half of it. */
  const own = await createIdentity(newMasterKey(), { userId: 'f'.repeat(24), epoch: 1 });
  return {
    ownKey: own.publicKey,
    pinsOf: async (username: string) => {
      const { pins, pinsVersion } = await userOf(username);
      return { pins, pinsVersion };
    },
    /** Hands out a key in the place of somebody's. @returns what ends it */
    async swapKey(username: string, publicKey: Bytes = own.publicKey) {
      const { identityPublicKey } = await userOf(username);
      await users.where({ username }).updateAndCount({ identityPublicKey: publicKey });
      return () => users.where({ username }).updateAndCount({ identityPublicKey });
    },
    setPins: (username: string, pins: { pins: Bytes | null; pinsVersion: number | null }) =>
      users.where({ username }).updateAndCount(changes(pins)),
    /** How many letters of somebody there are. */
    async lettersOf(username: string) {
      const { id } = await userOf(username);
      return (await container.db.orm.letters.where({ authorId: id }).all()).length;
    },
    spoilt: concatBytes(new Uint8Array([1]), new Uint8Array(60).fill(7)),
  };
}
