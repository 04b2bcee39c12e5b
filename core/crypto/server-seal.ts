import type { Bytes } from '../bytes.ts';
import { openWithSubkey, sealWithSubkey } from './aead.ts';

/**
 * Seals what a server has to keep for a person and be able to read, so that a copy of its database does not show it.
 * `purpose` has a subkey of its own, `userId` is bound.
 * @param base an HKDF key of the server
 */
export function sealForServer(
  base: CryptoKey,
  purpose: string,
  userId: string,
  plaintext: Bytes,
): Promise<Bytes> {
  return sealWithSubkey(base, `bff/v1/server/${purpose}`, [userId], plaintext);
}

/** @throws CryptoRefusal `damaged` for another key, purpose or person; `unknown-suite`. */
export function openForServer(
  base: CryptoKey,
  purpose: string,
  userId: string,
  sealed: Bytes,
): Promise<Bytes> {
  return openWithSubkey(base, `bff/v1/server/${purpose}`, [userId], sealed);
}
