import { describe, expect, it } from 'vitest';
import { type Bytes, concatBytes, equalBytes, fromHex, toHex } from '#core/bytes.ts';
import { openAuthenticated } from '#core/crypto/hpke.ts';
import { hpkeSuite } from '#core/crypto/hpke-suite.ts';
import rfc9180 from '#tests/vectors/hpke-rfc9180-x25519-aes256gcm.json' with { type: 'json' };

type Vector = (typeof rfc9180.vectors)[number];
const suite = await hpkeSuite();
const modeName = (vector: Vector) => (vector.mode === 0 ? 'base' : 'auth');

async function keyPair(privateHex: string, publicHex: string): Promise<CryptoKeyPair> {
  return {
    privateKey: await suite.kem.deserializePrivateKey(fromHex(privateHex)),
    publicKey: await suite.kem.deserializePublicKey(fromHex(publicHex)),
  };
}

async function senderKeys(vector: Vector): Promise<{ senderKey?: CryptoKeyPair }> {
  if (vector.skSm === undefined || vector.pkSm === undefined) return {};
  return { senderKey: await keyPair(vector.skSm, vector.pkSm) };
}

async function createContexts(vector: Vector) {
  const info = fromHex(vector.info);
  const recipient = await keyPair(vector.skRm, vector.pkRm);
  const sender = await senderKeys(vector);
  const sealing = await suite.createSenderContext({
    recipientPublicKey: recipient.publicKey,
    ekm: await keyPair(vector.skEm, vector.pkEm),
    info,
    ...sender,
  });
  const opening = await suite.createRecipientContext({
    recipientKey: recipient,
    enc: fromHex(vector.enc),
    info,
    ...(sender.senderKey && { senderPublicKey: sender.senderKey.publicKey }),
  });
  return { sealing, opening };
}

describe.each(rfc9180.vectors.map((vector) => [modeName(vector), vector] as const))(
  'RFC 9180 vectors, %s mode',
  (_mode, vector) => {
    it('is the suite we use', () => {
      expect([suite.kem.id, suite.kdf.id, suite.aead.id]).toEqual([
        vector.kem_id,
        vector.kdf_id,
        vector.aead_id,
      ]);
    });

    it('derives the key pairs', async () => {
      const pairs = [
        [vector.ikmR, vector.skRm, vector.pkRm],
        [vector.ikmE, vector.skEm, vector.pkEm],
        [vector.ikmS, vector.skSm, vector.pkSm],
      ];
      expect(vector.ikmR).toMatch(/./);
      for (const [ikm, secret, open] of pairs) {
        if (ikm === undefined) continue;
        const pair = await suite.kem.deriveKeyPair(fromHex(ikm));
        expect(toHex(new Uint8Array(await suite.kem.serializePrivateKey(pair.privateKey)))).toBe(secret);
        expect(toHex(new Uint8Array(await suite.kem.serializePublicKey(pair.publicKey)))).toBe(open);
      }
    });

    it('seals every message to the published ciphertext', async () => {
      const { sealing } = await createContexts(vector);
      expect(toHex(new Uint8Array(sealing.enc))).toBe(vector.enc);
      for (const { pt, aad, ct } of vector.encryptions) {
        expect(toHex(new Uint8Array(await sealing.seal(fromHex(pt), fromHex(aad))))).toBe(ct);
      }
      expect(vector.encryptions.length).toBeGreaterThanOrEqual(12);
    });

    it('opens every published ciphertext', async () => {
      const { opening } = await createContexts(vector);
      expect(vector.encryptions.length).toBeGreaterThan(0);
      for (const { pt, aad, ct } of vector.encryptions) {
        expect(toHex(new Uint8Array(await opening.open(fromHex(ct), fromHex(aad))))).toBe(pt);
      }
    });

    it('exports the published secrets on both sides', async () => {
      const { sealing, opening } = await createContexts(vector);
      expect(vector.exports.length).toBeGreaterThan(0);
      for (const { exporter_context, L, exported_value } of vector.exports) {
        for (const context of [sealing, opening]) {
          const secret = await context.export(fromHex(exporter_context), L);
          expect(toHex(new Uint8Array(secret))).toBe(exported_value);
        }
      }
    });
  },
);

describe('our own opening of a sealed key', () => {
  const auth = rfc9180.vectors.find((vector) => vector.mode === 2) as Vector;
  const message = auth.encryptions[0] as Vector['encryptions'][number];
  const open = async (changes: {
    enc?: Bytes;
    ciphertext?: Bytes;
    sender?: Bytes;
    info?: string;
    aad?: Bytes;
  }) =>
    openAuthenticated({
      recipient: await keyPair(auth.skRm, auth.pkRm),
      senderPublicKey: changes.sender ?? fromHex(auth.pkSm as string),
      info: changes.info ?? 'Ode on a Grecian Urn',
      associatedData: changes.aad ?? fromHex(message.aad),
      sealed: concatBytes(
        new Uint8Array([1]),
        changes.enc ?? fromHex(auth.enc),
        changes.ciphertext ?? fromHex(message.ct),
      ),
    });

  it('opens the first published Auth message behind our version byte', async () => {
    expect(equalBytes(await open({}), fromHex(message.pt))).toBe(true);
  });

  it.each([
    ['another sender', { sender: fromHex(auth.pkRm) }],
    ['another encapsulated key', { enc: fromHex(auth.pkRm) }],
    ['another info', { info: 'Ode on a Grecian Urm' }],
    ['other associated data', { aad: fromHex('00') }],
    ['a shortened ciphertext', { ciphertext: fromHex(message.ct.slice(2)) }],
    ['an all-zero encapsulated key', { enc: new Uint8Array(32) }],
    ['an all-zero sender key', { sender: new Uint8Array(32) }],
    ['a sender key of the wrong length', { sender: new Uint8Array(31) }],
  ])('refuses it with %s', async (_what, changes) => {
    await expect(open(changes)).rejects.toMatchObject({ name: 'CryptoRefusal', reason: 'damaged' });
  });
});
