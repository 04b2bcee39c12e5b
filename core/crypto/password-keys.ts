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
  /** 32 bytes that prove the password to the server, which keeps only a keyed hash of them. */
  authKey: Bytes;
  /**
   * The key that wraps the account master key, from the password and the 32-byte share the server releases after
   * authentication. @throws CryptoRefusal `malformed` when the share is not 32 bytes.
   */
  kekFor(share: Bytes): Promise<CryptoKey>;
};

/** 16 random bytes for a new password. */
export function newSalt(): Bytes {
  return randomBytes(SALT_LENGTH);
}

/**
 * `root = Argon2id(NFKC(password), salt, params, 32 B)`; both keys come from it by HKDF. NFKC, so that the same
 * password typed on another keyboard is the same; case is never changed.
 * @throws CryptoRefusal `weak-kdf` or `malformed` before anything is derived, see {@link checkKdfParams}.
 */
export async function derivePasswordKeys(
  argon2: Argon2id,
  password: string,
  kdf: { salt: Bytes; params: KdfParams },
): Promise<PasswordKeys> {
  return keysFrom(await deriveRoot(argon2, password, kdf));
}

/** The same keys, lent to some work: what they come from is zeros afterwards, and `kekFor` is of use no more. */
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
