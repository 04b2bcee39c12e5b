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
 * Seals something only its owner may read. `purpose` names the kind (it has a subkey of its own), `context` the place
 * (an id, or several fields); both are bound.
 */
export function sealForSelf(
  masterKey: MasterKey,
  purpose: string,
  context: string | Field[],
  plaintext: Bytes,
): Promise<Bytes> {
  return sealWithSubkey(masterKey, `bff/v1/self/${purpose}`, [context].flat(), plaintext);
}

/** @throws CryptoRefusal `damaged` for another key, purpose or context; `unknown-suite`. */
export function openForSelf(
  masterKey: MasterKey,
  purpose: string,
  context: string | Field[],
  sealed: Bytes,
): Promise<Bytes> {
  return openWithSubkey(masterKey, `bff/v1/self/${purpose}`, [context].flat(), sealed);
}

/**
 * Seals a session's secret so that it takes both halves (32 bytes each) to open it: the cookie alone opens nothing,
 * the database alone opens nothing. `context` is the session's id.
 * @throws CryptoRefusal `malformed` when a half is not 32 bytes.
 */
export async function sealSession(
  cookieHalf: Bytes,
  serverHalf: Bytes,
  secret: Bytes,
  context: string,
): Promise<Bytes> {
  return sealWithSubkey(await joinHalves(cookieHalf, serverHalf), PURPOSE_SESSION, [context], secret);
}

/** @throws CryptoRefusal `damaged` for another half or context; `unknown-suite`; `malformed`. */
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
