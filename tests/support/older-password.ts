import { derivePasswordKeys, newSalt, unwrapMasterKey, wrapMasterKey } from '#core/crypto/index.ts';
import type { Installation } from './installation.ts';

interface Cost {
  memoryKiB: number;
  iterations: number;
  parallelism: number;
}

async function userOf({ container }: Installation, username: string) {
  const user = await container.stores.users.findByUsername(username);
  if (!user) throw new Error(`no ${username}`);
  return user;
}

/** How much work somebody's password costs as it is kept. */
export async function passwordCost(world: Installation, username: string): Promise<Cost> {
  const { kdfMemoryKiB, kdfIterations, kdfParallelism } = await userOf(world, username);
  return { memoryKiB: kdfMemoryKiB, iterations: kdfIterations, parallelism: kdfParallelism };
}

/** Turns an account into one that an older version made. */
export async function makePasswordOlder(
  world: Installation,
  username: string,
  password: string,
  cost: Cost,
): Promise<void> {
  const { argon2, serverKeys, stores } = world.container;
  const user = await userOf(world, username);
  const context = { userId: user.id, epoch: user.keyEpoch, purpose: 'password' } as const;
  const share = await serverKeys.keyShare(user.id, user.keyEpoch);
  const today = { salt: user.kdfSalt, params: await passwordCost(world, username) };
  const keys = await derivePasswordKeys(argon2, password, today);
  const masterKey = await unwrapMasterKey(user.wrappedAmk, await keys.kekFor(share), context);
  const kdf = { salt: newSalt(), params: cost };
  const older = await derivePasswordKeys(argon2, password, kdf);
  const since = user.credentialsSince ?? new Date();
  await stores.users.setPasswordKeys(
    user,
    {
      kdfSalt: kdf.salt,
      kdfMemoryKiB: cost.memoryKiB,
      kdfIterations: cost.iterations,
      kdfParallelism: cost.parallelism,
      authVerifier: await serverKeys.verifierOf(older.authKey),
      wrappedAmk: await wrapMasterKey(masterKey, await older.kekFor(share), context),
      secretVersion: serverKeys.version,
    },
    since,
  );
}
