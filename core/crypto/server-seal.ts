import type { Bytes } from '../bytes.ts';
import { openWithSubkey, sealWithSubkey } from './aead.ts';

/**
 * Seals data that the server must be able to read later, so that a copy of its database doesn't
 * reveal it. `purpose` has its own subkey; `userId` is bound.
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

/**
 * The inverse of {@link sealForServer}.
 * @throws CryptoRefusal `damaged` for another key, purpose or user; `unknown-suite`.
 */
export function openForServer(
  base: CryptoKey,
  purpose: string,
  userId: string,
  sealed: Bytes,
): Promise<Bytes> {
  return openWithSubkey(base, `bff/v1/server/${purpose}`, [userId], sealed);
}
