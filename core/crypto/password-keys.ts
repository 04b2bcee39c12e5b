import type { Bytes } from '../bytes.ts';
import { concatBytes, encodeUtf8, randomBytes } from '../bytes.ts';
import { withSecret } from '../with-secret.ts';
import { hkdfAesKey, hkdfBytes, importHkdfKey } from './hkdf.ts';
import type { Argon2id, KdfParams } from './kdf-params.ts';
import { checkKdfParams } from './kdf-params.ts';
import { assertLength } from './refusal.ts';

const SALT_LENGTH = 16;
const ROOT_LENGTH = 32;
const SHARE_LENGTH = 32;
const PURPOSE_AUTH = 'bff/v1/auth';
const PURPOSE_KEK = 'bff/v1/kek';

export type PasswordKeys = {
  /** 32 bytes that prove the password. The server keeps only a keyed hash of them. */
  authKey: Bytes;
  /**
   * Derives the key that wraps the master key, from the password and the 32-byte share that the
   * server releases after the proof.
   * @throws CryptoRefusal `malformed` unless the share is 32 bytes.
   */
  kekFor(share: Bytes): Promise<CryptoKey>;
};

/** Makes a salt: 16 random bytes. */
export function newSalt(): Bytes {
  return randomBytes(SALT_LENGTH);
}

/**
 * Derives both keys by HKDF from `root = Argon2id(NFKC(password), salt, params, 32 B)`. NFKC makes
 * a password typed on different keyboards the same; case is kept.
 * @throws CryptoRefusal `weak-kdf` or `malformed` before deriving anything, see {@link
 *   checkKdfParams}
 */
export async function derivePasswordKeys(
  argon2: Argon2id,
  password: string,
  kdf: { salt: Bytes; params: KdfParams },
): Promise<PasswordKeys> {
  return keysFrom(await deriveRoot(argon2, password, kdf));
}

/** Runs work with the same keys and wipes their root afterwards; `kekFor` is unusable then. */
export async function withPasswordKeys<Result>(
  argon2: Argon2id,
  password: string,
  kdf: { salt: Bytes; params: KdfParams },
  work: (keys: PasswordKeys) => Promise<Result>,
): Promise<Result> {
  return withSecret(deriveRoot(argon2, password, kdf), async (root) => work(await keysFrom(root)));
}

async function deriveRoot(
  argon2: Argon2id,
  password: string,
  { salt, params }: { salt: Bytes; params: KdfParams },
): Promise<Bytes> {
  checkKdfParams(params);
  assertLength('The salt', salt, SALT_LENGTH);
  const root = await withSecret(encodeUtf8(password.normalize('NFKC')), (typed) =>
    argon2({ password: typed, salt, params, length: ROOT_LENGTH }),
  );
  assertLength('The Argon2id result', root, ROOT_LENGTH);
  return root;
}

async function keysFrom(root: Bytes): Promise<PasswordKeys> {
  return {
    authKey: await hkdfBytes(await importHkdfKey(root), encodeUtf8(PURPOSE_AUTH), 32),
    async kekFor(share) {
      assertLength('The key share', share, SHARE_LENGTH);
      return hkdfAesKey(await withSecret(concatBytes(root, share), importHkdfKey), PURPOSE_KEK);
    },
  };
}
