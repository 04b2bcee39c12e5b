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
 * HPKE Auth mode, single shot: only `recipientPublicKey`'s owner opens it, and to them it proves `sender`: nobody without
 * one of the two private keys can have sealed it. It proves that to nobody else, because the recipient's private key makes
 * such a blob as well as the sender's (deniability). For the same reason somebody who has stolen the recipient's key can
 * write to them in anybody's name (key-compromise impersonation, RFC 9180, 9.1.1).
 * `suite (1) ‖ enc (32) ‖ ciphertext ‖ tag (16)`.
 * @throws CryptoRefusal `malformed` when the recipient's key is not a usable X25519 public key.
 */
export async function sealAuthenticated(input: SealInput & { sender: CryptoKeyPair }): Promise<Bytes> {
  return seal(input, { senderKey: input.sender });
}

/** @throws CryptoRefusal `damaged` for another sender, recipient, info or associated data; `unknown-suite`. */
export async function openAuthenticated(input: OpenInput & { senderPublicKey: Bytes }): Promise<Bytes> {
  return open(input, async ({ kem }) => ({
    senderPublicKey: await kem.deserializePublicKey(input.senderPublicKey),
  }));
}

/**
 * HPKE Base mode, single shot, for a sender without a key: only `recipientPublicKey`'s owner can open it, but anybody
 * can have sealed it. The format is that of {@link sealAuthenticated}, but neither opens as the other.
 * @throws CryptoRefusal `malformed` when the recipient's key is not a usable X25519 public key.
 */
export async function sealAnonymously(input: SealInput): Promise<Bytes> {
  return seal(input, {});
}

/** @throws CryptoRefusal `damaged` for another recipient, info or associated data; `unknown-suite`. */
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
