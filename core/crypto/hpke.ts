import { type CipherSuite, DecapError, DeserializeError, EncapError, OpenError } from '@hpke/core';
import type { Bytes } from '../bytes.ts';
import { concatBytes, encodeUtf8 } from '../bytes.ts';
import { assertSuiteByte, damaged } from './aead.ts';
import { hpkeSuite } from './hpke-suite.ts';
import { CryptoRefusal } from './refusal.ts';
import { SUITE } from './suite.ts';

const ENCAPSULATED_LENGTH = 32;
const HEAD_LENGTH = 1 + ENCAPSULATED_LENGTH;

type SealInput = { recipientPublicKey: Bytes; info: string; associatedData: Bytes; plaintext: Bytes };
type OpenInput = { recipient: CryptoKeyPair; info: string; associatedData: Bytes; sealed: Bytes };

/**
 * Seals with HPKE Auth mode, single shot: `suite (1) ‖ enc (32) ‖ ciphertext ‖ tag (16)`.
 *
 * Only the recipient can open it, and to them it proves the sender: sealing takes one of the two
 * private keys. It proves nothing to anyone else, because the recipient's key could have made it
 * too (deniability). For the same reason, a thief of the recipient's key can write to them in
 * anyone's name (key-compromise impersonation, RFC 9180, 9.1.1).
 * @throws CryptoRefusal `malformed` unless the recipient's key is a usable X25519 public key
 */
export async function sealAuthenticated(input: SealInput & { sender: CryptoKeyPair }): Promise<Bytes> {
  return seal(input, { senderKey: input.sender });
}

/**
 * The inverse of {@link sealAuthenticated}.
 * @throws CryptoRefusal `damaged` for another sender, recipient, info or associated data;
 *   `unknown-suite`.
 */
export async function openAuthenticated(input: OpenInput & { senderPublicKey: Bytes }): Promise<Bytes> {
  return open(input, async ({ kem }) => ({
    senderPublicKey: await kem.deserializePublicKey(input.senderPublicKey),
  }));
}

/**
 * Seals with HPKE Base mode, single shot, for a sender without a key. Only the recipient can open
 * it, but anyone can have sealed it. The format is that of {@link sealAuthenticated}, but neither
 * opens as the other.
 * @throws CryptoRefusal `malformed` unless the recipient's key is a usable X25519 public key
 */
export async function sealAnonymously(input: SealInput): Promise<Bytes> {
  return seal(input, {});
}

/**
 * The inverse of {@link sealAnonymously}.
 * @throws CryptoRefusal `damaged` for another recipient, info or associated data; `unknown-suite`.
 */
export async function openAnonymous(input: OpenInput): Promise<Bytes> {
  return open(input, async () => ({}));
}

async function seal(input: SealInput, sender: { senderKey?: CryptoKeyPair }): Promise<Bytes> {
  const suite = await hpkeSuite();
  try {
    const recipientPublicKey = await suite.kem.deserializePublicKey(input.recipientPublicKey);
    const { enc, ct } = await suite.seal(
      { recipientPublicKey, info: encodeUtf8(input.info), ...sender },
      input.plaintext,
      input.associatedData,
    );
    return concatBytes(new Uint8Array([SUITE]), new Uint8Array(enc), new Uint8Array(ct));
  } catch (error) {
    if (error instanceof DeserializeError || error instanceof EncapError) {
      throw new CryptoRefusal('malformed', 'The receiver has no usable public key.');
    }
    throw error;
  }
}

async function open(
  input: OpenInput,
  senderOf: (suite: CipherSuite) => Promise<{ senderPublicKey?: CryptoKey }>,
): Promise<Bytes> {
  assertSuiteByte(input.sealed);
  if (input.sealed.length < HEAD_LENGTH) throw damaged();
  const suite = await hpkeSuite();
  try {
    const plaintext = await suite.open(
      {
        recipientKey: input.recipient,
        enc: input.sealed.slice(1, HEAD_LENGTH),
        info: encodeUtf8(input.info),
        ...(await senderOf(suite)),
      },
      input.sealed.slice(HEAD_LENGTH),
      input.associatedData,
    );
    return new Uint8Array(plaintext);
  } catch (error) {
    if (error instanceof OpenError || error instanceof DecapError || error instanceof DeserializeError) {
      throw damaged();
    }
    throw error;
  }
}
