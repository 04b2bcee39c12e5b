import type { Bytes } from '#core/bytes.ts';
import { browserApi } from '../browser-api.ts';

/** What shows the server that a person knows their password, without the password. */
export async function proofOf(username: string, password: string): Promise<{ authKey: Bytes }> {
  const [{ provePassword }, { argon2Wasm }, kdf] = await Promise.all([
    import('#core/accounts/sealed-account.ts'),
    import('#core/crypto/argon2-wasm.ts'),
    browserApi.accounts.kdf.query({ username }),
  ]);
  const { authKey } = await provePassword(argon2Wasm, password, kdf);
  return { authKey };
}
