import type { Bytes } from '#core/bytes.ts';
import {
  currentKdfParams,
  derivePasswordKeys,
  deriveRecoveryKeys,
  newRecoveryWords,
  newSalt,
  wrapMasterKey,
} from '#core/crypto/index.ts';
import type { Deps } from '../deps.ts';
import type { PasswordKeysUpdate } from './user.store.ts';

interface Owner {
  userId: string;
  epoch: number;
}

/** What an account keeps of a password: a fresh salt, a verifier, and the master key wrapped under it. */
export async function makePasswordRecord(
  deps: Deps,
  { userId, epoch }: Owner,
  password: string,
  masterKey: Bytes,
): Promise<PasswordKeysUpdate> {
  const kdf = { salt: newSalt(), params: currentKdfParams };
  const keys = await derivePasswordKeys(deps.argon2, password, kdf);
  const kek = await keys.kekFor(await deps.serverKeys.keyShare(userId));
  return {
    kdfSalt: kdf.salt,
    kdfMemoryKiB: kdf.params.memoryKiB,
    kdfIterations: kdf.params.iterations,
    kdfParallelism: kdf.params.parallelism,
    authVerifier: await deps.serverKeys.verifierOf(keys.authKey),
    wrappedAmk: await wrapMasterKey(masterKey, kek, { userId, epoch, purpose: 'password' }),
  };
}

/** Twelve new recovery words, and what an account keeps of them: a verifier, and the master key wrapped under them. */
export async function makeRecoveryRecord(deps: Deps, { userId, epoch }: Owner, masterKey: Bytes) {
  const words = newRecoveryWords();
  const recovery = await deriveRecoveryKeys(words);
  return {
    words,
    record: {
      wrappedAmkRecovery: await wrapMasterKey(masterKey, recovery.kek, {
        userId,
        epoch,
        purpose: 'recovery',
      }),
      recoveryVerifier: await deps.serverKeys.verifierOf(recovery.authKey),
    },
  };
}
