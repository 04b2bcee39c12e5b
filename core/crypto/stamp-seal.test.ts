import { beforeAll, describe, expect, it } from 'vitest';
import { type Bytes, concatBytes, equalBytes, fromHex, randomBytes } from '#core/bytes.ts';
import { openAnonymous, openAuthenticated, sealAnonymously, sealAuthenticated } from '#core/crypto/hpke.ts';
import { hpkeSuite } from '#core/crypto/hpke-suite.ts';
import { withPair } from '#core/crypto/identity.ts';
import {
  openStamp,
  openStampIdea,
  type SealedStamp,
  type StampReader,
  sealStamp,
  sealStampIdea,
} from '#core/crypto/index.ts';
import { newId } from '#core/id.ts';
import { createPerson, damaged, type Person, withFlippedByte } from '#tests/support/crypto-people.ts';
import rfc9180 from '#tests/vectors/hpke-rfc9180-x25519-aes256gcm.json' with { type: 'json' };

const letterId = newId();
const picture = randomBytes(5_000);
let alpha: Person;
let beta: Person;
let stranger: Person;
let stamp: SealedStamp;

const as = (person: Person, role: StampReader['role']): StampReader => ({
  role,
  userId: person.userId,
  epoch: person.epoch,
});
const recipient = (person: Person, role: StampReader['role']) => ({
  ...as(person, role),
  publicKey: person.publicKey,
});
const open = (person: Person, role: StampReader['role'], changes: object = {}) =>
  openStamp({ letterId, stamp, reader: as(person, role), identity: person.identity, ...changes });

beforeAll(async () => {
  [alpha, beta, stranger] = await Promise.all([createPerson(), createPerson(), createPerson()]);
  const recipients = [recipient(alpha, 'author'), recipient(beta, 'receiver')];
  stamp = await sealStamp({ letterId, picture, recipients });
});

describe('a painted stamp', () => {
  it('opens for its author and for its receiver', async () => {
    expect(equalBytes(await open(alpha, 'author'), picture)).toBe(true);
    expect(equalBytes(await open(beta, 'receiver'), picture)).toBe(true);
  });

  it('shows none of its picture', () => {
    const { picture: sealed, sealedForAuthor, sealedForReceiver } = stamp;
    const none = new Uint8Array();
    const stored = Buffer.concat([sealed, sealedForAuthor ?? none, sealedForReceiver ?? none]);
    for (let at = 0; at + 16 <= picture.length; at += 16) {
      expect(stored.includes(Buffer.from(picture.subarray(at, at + 16)))).toBe(false);
    }
  });

  it('opens for nobody else, in no other role and under no other epoch', async () => {
    await expect(open(stranger, 'receiver')).rejects.toMatchObject(damaged);
    await expect(open(stranger, 'author')).rejects.toMatchObject(damaged);
    await expect(open(beta, 'author')).rejects.toMatchObject(damaged);
    await expect(open(alpha, 'receiver')).rejects.toMatchObject(damaged);
    const older = { ...as(beta, 'receiver'), epoch: beta.epoch + 1 };
    await expect(open(beta, 'receiver', { reader: older })).rejects.toMatchObject(damaged);
    const another = { ...as(beta, 'receiver'), userId: stranger.userId };
    await expect(open(beta, 'receiver', { reader: another })).rejects.toMatchObject(damaged);
  });

  it('opens on no other letter, although the same two wrote it', async () => {
    await expect(open(beta, 'receiver', { letterId: newId() })).rejects.toMatchObject(damaged);
  });

  it('does not open with any byte of its key or a byte of its picture changed', async () => {
    const sealed = stamp.sealedForReceiver as Bytes;
    for (let at = 1; at < sealed.length; at += 1) {
      const changed = { ...stamp, sealedForReceiver: withFlippedByte(sealed, at, 1) };
      await expect(open(beta, 'receiver', { stamp: changed })).rejects.toMatchObject(damaged);
    }
    for (const at of [1, 13, 2_000, stamp.picture.length - 1]) {
      const changed = { ...stamp, picture: withFlippedByte(stamp.picture, at) };
      await expect(open(beta, 'receiver', { stamp: changed })).rejects.toMatchObject(damaged);
    }
    const newer = { ...stamp, sealedForReceiver: withFlippedByte(sealed, 0) };
    await expect(open(beta, 'receiver', { stamp: newer })).rejects.toMatchObject({ reason: 'unknown-suite' });
  });

  it('takes no picture of another stamp', async () => {
    const recipients = [recipient(alpha, 'author'), recipient(beta, 'receiver')];
    const other = await sealStamp({ letterId, picture: randomBytes(100), recipients });
    const mixed = { ...stamp, picture: other.picture };
    await expect(open(beta, 'receiver', { stamp: mixed })).rejects.toMatchObject(damaged);
  });

  it('leaves out the friend who has no key for it any more', async () => {
    const half = await sealStamp({ letterId, picture, recipients: [recipient(alpha, 'author')] });
    expect(half.sealedForReceiver).toBeNull();
    expect(equalBytes(await open(alpha, 'author', { stamp: half }), picture)).toBe(true);
    await expect(open(beta, 'receiver', { stamp: half })).rejects.toMatchObject(damaged);
  });

  it('is refused to a key that is none', async () => {
    const recipients = [{ ...recipient(beta, 'receiver'), publicKey: new Uint8Array(31) }];
    await expect(sealStamp({ letterId, picture, recipients })).rejects.toMatchObject({
      name: 'CryptoRefusal',
      reason: 'malformed',
    });
  });
});

describe('HPKE without a sender', () => {
  const base = rfc9180.vectors.find((vector) => vector.mode === 0);
  const message = base?.encryptions[0];

  it('opens the first published Base message behind our version byte', async () => {
    if (!base || !message) throw new Error('no Base vector');
    const { kem } = await hpkeSuite();
    const recipientKeys = {
      privateKey: await kem.deserializePrivateKey(fromHex(base.skRm)),
      publicKey: await kem.deserializePublicKey(fromHex(base.pkRm)),
    };
    const opened = await openAnonymous({
      recipient: recipientKeys,
      info: 'Ode on a Grecian Urn',
      associatedData: fromHex(message.aad),
      sealed: concatBytes(new Uint8Array([1]), fromHex(base.enc), fromHex(message.ct)),
    });
    expect(equalBytes(opened, fromHex(message.pt))).toBe(true);
  });

  it('is another mode than a letter is sealed in: neither opens as the other', async () => {
    const bound = { info: 'a test', associatedData: new Uint8Array([1]) };
    const plaintext = randomBytes(32);
    const recipientPublicKey = beta.publicKey;
    const unsigned = await sealAnonymously({ ...bound, recipientPublicKey, plaintext });
    const signed = await withPair(alpha.identity, (sender) =>
      sealAuthenticated({ ...bound, recipientPublicKey, plaintext, sender }),
    );
    await withPair(beta.identity, async (recipient) => {
      const opening = { ...bound, recipient };
      const asLetter = { ...opening, senderPublicKey: alpha.publicKey };
      await expect(openAuthenticated({ ...asLetter, sealed: unsigned })).rejects.toMatchObject(damaged);
      await expect(openAnonymous({ ...opening, sealed: signed })).rejects.toMatchObject(damaged);
      expect(equalBytes(await openAnonymous({ ...opening, sealed: unsigned }), plaintext)).toBe(true);
    });
  });
});

describe('a stamp idea', () => {
  const idea = 'a lighthouse in a storm, by lantern light';

  it('opens where it was sealed for, and nowhere else', async () => {
    const sealed = await sealStampIdea(alpha.masterKey, 'draft', letterId, idea);
    expect(await openStampIdea(alpha.masterKey, 'draft', letterId, sealed)).toBe(idea);
    await expect(openStampIdea(alpha.masterKey, 'worker', letterId, sealed)).rejects.toMatchObject(damaged);
    await expect(openStampIdea(alpha.masterKey, 'draft', newId(), sealed)).rejects.toMatchObject(damaged);
    await expect(openStampIdea(beta.masterKey, 'draft', letterId, sealed)).rejects.toMatchObject(damaged);
  });

  it('does not tell its length', async () => {
    const lengths = await Promise.all(
      ['a', idea, '好'.repeat(120)].map(
        async (text) => (await sealStampIdea(alpha.masterKey, 'worker', letterId, text)).length,
      ),
    );
    expect(new Set(lengths).size).toBe(1);
  });
});
