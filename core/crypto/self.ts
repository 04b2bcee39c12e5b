import type { Bytes } from '../bytes.ts';
import { concatBytes } from '../bytes.ts';
import { openWithSubkey, sealWithSubkey } from './aead.ts';
import type { Field } from './encode-fields.ts';
import { importHkdfKey } from './hkdf.ts';
import type { MasterKey } from './master-key.ts';
import { assertLength } from './refusal.ts';

const HALF_LENGTH = 32;
const PURPOSE_SESSION = 'bff/v1/session';

/**
 * Seals something that only its owner may read. `purpose` names the kind and has its own subkey.
 * `context` is the place (an id, or several fields). Both are bound.
 */
export function sealForSelf(
  masterKey: MasterKey,
  purpose: string,
  context: string | Field[],
  plaintext: Bytes,
): Promise<Bytes> {
  return sealWithSubkey(masterKey, `bff/v1/self/${purpose}`, [context].flat(), plaintext);
}

/**
 * The inverse of {@link sealForSelf}.
 * @throws CryptoRefusal `damaged` for another key, purpose or context; `unknown-suite`.
 */
export function openForSelf(
  masterKey: MasterKey,
  purpose: string,
  context: string | Field[],
  sealed: Bytes,
): Promise<Bytes> {
  return openWithSubkey(masterKey, `bff/v1/self/${purpose}`, [context].flat(), sealed);
}

/**
 * Seals a session's secret under two halves of 32 bytes: neither the cookie nor the database alone
 * opens it. `context` is the session's id.
 * @throws CryptoRefusal `malformed` unless each half is 32 bytes
 */
export async function sealSession(
  cookieHalf: Bytes,
  serverHalf: Bytes,
  secret: Bytes,
  context: string,
): Promise<Bytes> {
  return sealWithSubkey(await joinHalves(cookieHalf, serverHalf), PURPOSE_SESSION, [context], secret);
}

/**
 * The inverse of {@link sealSession}.
 * @throws CryptoRefusal `damaged` for another half or context; `unknown-suite`; `malformed`.
 */
export async function openSession(
  cookieHalf: Bytes,
  serverHalf: Bytes,
  sealed: Bytes,
  context: string,
): Promise<Bytes> {
  return openWithSubkey(await joinHalves(cookieHalf, serverHalf), PURPOSE_SESSION, [context], sealed);
}

function joinHalves(cookieHalf: Bytes, serverHalf: Bytes): Promise<CryptoKey> {
  assertLength("The cookie's half", cookieHalf, HALF_LENGTH);
  assertLength("The server's half", serverHalf, HALF_LENGTH);
  return importHkdfKey(concatBytes(cookieHalf, serverHalf));
}
