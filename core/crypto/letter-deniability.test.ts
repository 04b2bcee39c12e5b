import { createHmac, createPrivateKey, createPublicKey, diffieHellman } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Bytes, concatBytes, encodeUtf8, randomBytes, toBase64Url } from '#core/bytes.ts';
import { openAuthenticated, sealAuthenticated } from '#core/crypto/hpke.ts';
import { hpkeSuite } from '#core/crypto/hpke-suite.ts';
import { SUITE } from '#core/crypto/suite.ts';
import { damaged } from '#tests/support/crypto-people.ts';

// What HPKE's Auth mode proves and what it does not, as docs/security.md says it: a receiver's private key is enough to
// make a letter from anybody to that receiver. The forger below has no private key of the author.

const info = 'bff/v1/letter-key';
const associatedData = encodeUtf8('which letter');
const plaintext = randomBytes(32);

// Keys as the library has them here, which are none of WebCrypto's where that has no X25519; so Node's own agrees on secrets.
const { kem: library } = await hpkeSuite();
const newPair = () => library.generateKeyPair();
const publicBytes = async ({ publicKey }: CryptoKeyPair) =>
  new Uint8Array(await library.serializePublicKey(publicKey));
async function agree(own: CryptoKeyPair, other: CryptoKeyPair) {
  const [x, d] = [await publicBytes(own), new Uint8Array(await library.serializePrivateKey(own.privateKey))];
  const curve = { kty: 'OKP', crv: 'X25519' };
  const privateKey = createPrivateKey({
    format: 'jwk',
    key: { ...curve, x: toBase64Url(x), d: toBase64Url(d) },
  });
  const theirs = toBase64Url(await publicBytes(other));
  const publicKey = createPublicKey({ format: 'jwk', key: { ...curve, x: theirs } });
  return new Uint8Array(diffieHellman({ privateKey, publicKey }));
}

const hmac = (key: Bytes, data: Bytes) => new Uint8Array(createHmac('sha256', key).update(data).digest());
const none = new Uint8Array(0);
const kem = encodeUtf8('KEM\0\x20');
const hpke = encodeUtf8('HPKE\0\x20\0\x01\0\x02');
const extract = (suite: Bytes, salt: Bytes, label: string, input: Bytes) =>
  hmac(salt, concatBytes(encodeUtf8('HPKE-v1'), suite, encodeUtf8(label), input));
const expand = (suite: Bytes, key: Bytes, label: string, context: Bytes, length: number) => {
  const head = concatBytes(Uint8Array.of(0, length), encodeUtf8('HPKE-v1'), suite, encodeUtf8(label));
  return hmac(key, concatBytes(head, context, Uint8Array.of(1))).slice(0, length);
};

/** RFC 9180, 4.1 and 5.1, with DH(thief, author) where AuthEncap has DH(author, receiver). */
async function forge(thief: CryptoKeyPair, authorPublic: CryptoKeyPair, receiver: CryptoKeyPair) {
  const ephemeral = await newPair();
  const enc = await publicBytes(ephemeral);
  const dh = concatBytes(await agree(ephemeral, receiver), await agree(thief, authorPublic));
  const kemContext = concatBytes(enc, await publicBytes(receiver), await publicBytes(authorPublic));
  const shared = expand(kem, extract(kem, none, 'eae_prk', dh), 'shared_secret', kemContext, 32);
  const [pskIdHash, infoHash] = [
    extract(hpke, none, 'psk_id_hash', none),
    extract(hpke, none, 'info_hash', encodeUtf8(info)),
  ];
  const context = concatBytes(Uint8Array.of(2), pskIdHash, infoHash);
  const secret = extract(hpke, shared, 'secret', none);
  const key = await crypto.subtle.importKey(
    'raw',
    expand(hpke, secret, 'key', context, 32),
    'AES-GCM',
    false,
    ['encrypt'],
  );
  const iv = expand(hpke, secret, 'base_nonce', context, 12);
  const params = { name: 'AES-GCM', iv, additionalData: associatedData };
  const sealed = await crypto.subtle.encrypt(params, key, plaintext);
  return concatBytes(Uint8Array.of(SUITE), enc, new Uint8Array(sealed));
}

const open = async (author: CryptoKeyPair, recipient: CryptoKeyPair, sealed: Bytes) =>
  openAuthenticated({ recipient, senderPublicKey: await publicBytes(author), info, associatedData, sealed });

describe('a sealed letter key', () => {
  it('proves its author to the receiver', async () => {
    const [author, receiver, stranger] = [await newPair(), await newPair(), await newPair()];
    const recipientPublicKey = await publicBytes(receiver);
    const input = { recipientPublicKey, info, associatedData, plaintext };
    const sealed = await sealAuthenticated({ ...input, sender: author });
    expect(await open(author, receiver, sealed)).toEqual(plaintext);
    await expect(open(stranger, receiver, sealed)).rejects.toMatchObject(damaged);
  });

  it('is no evidence to others: the receiver can make it just as well', async () => {
    const [author, receiver] = [await newPair(), await newPair()];
    expect(await open(author, receiver, await forge(receiver, author, receiver))).toEqual(plaintext);
  });

  it('can be made by a thief of the receiver’s key for that receiver, and for nobody else', async () => {
    const [author, robbed, other] = [await newPair(), await newPair(), await newPair()];
    expect(await open(author, robbed, await forge(robbed, author, robbed))).toEqual(plaintext);
    const elsewhere = await forge(robbed, author, other);
    await expect(open(author, other, elsewhere)).rejects.toMatchObject(damaged);
  });
});
