import type { Bytes } from '../bytes.ts';
import { equalBytes, fromHex } from '../bytes.ts';
import { damaged, openWithSubkey, sealWithSubkey } from './aead.ts';
import { importHkdfKey } from './hkdf.ts';
import { openAuthenticated, sealAuthenticated } from './hpke.ts';
import { type Identity, withPair } from './identity.ts';
import { decodeContent, encodeContent } from './letter-content.ts';
import { LETTER_KEY_LENGTH } from './letter-key.ts';
import { encodeLetter, isLetterShaped } from './letter-statement.ts';
import type { LetterContent, LetterEnvelope, LetterReader, PhotoSeal, SealedLetter } from './letter-types.ts';
import { hashCiphertext } from './photo.ts';
import { assertLength, CryptoRefusal } from './refusal.ts';

const PURPOSE_PAYLOAD = 'bff/v1/letter';
const PURPOSE_SEALED_KEY = 'bff/v1/letter-key';
const PURPOSE_HASH = 'bff/v1/letter-hash';

/** For one hash in eighteen, all of them fail once in a thousand million letters. */
const TRIES_MAX = 400;

/**
 * Seals a letter: the padded content under a subkey of `key`, and `key` by HPKE Auth to receiver
 * and author. Each sealed key binds the envelope, the payload's hash, every photo's id and hashes
 * in order, and its reader. `photos` are the seals of `content.photos`, in the same order, made
 * with the same `key`.
 * @throws CryptoRefusal `malformed` if the parts don't belong together or the receiver's key is
 *   unusable
 */
export async function sealLetter(input: {
  envelope: LetterEnvelope;
  content: LetterContent;
  photos: PhotoSeal[];
  key: Bytes;
  author: Identity;
  receiverPublicKey: Bytes;
  /** Tells whether the letter may have this hash. Its content is sealed anew until it may. */
  accepts?: ((hash: string) => boolean) | undefined;
}): Promise<SealedLetter> {
  const { envelope, content, key, author, accepts = () => true } = input;
  assertLength('The letter key', key, LETTER_KEY_LENGTH);
  if (!isLetterShaped(envelope, input.photos) || !samePhotos(content, input.photos)) {
    throw new CryptoRefusal('malformed', 'Envelope, photos and content do not belong together.');
  }
  const base = await importHkdfKey(key);
  const photos = input.photos.map(({ photoId, fullHash, previewHash }) => ({
    photoId,
    fullHash,
    previewHash,
  }));
  const encoded = encodeContent(content);
  let payload: Bytes;
  let payloadHash: string;
  let tries = 0;
  // A new nonce each time gives other bytes, and another hash.
  do {
    payload = await sealWithSubkey(base, PURPOSE_PAYLOAD, payloadContext(envelope), encoded);
    payloadHash = await hashCiphertext(payload);
    tries++;
  } while (tries < TRIES_MAX && !accepts(await hashOf(envelope, photos, payloadHash)));
  const sealFor = (role: LetterReader, recipientPublicKey: Bytes) =>
    withPair(author, (sender) =>
      sealAuthenticated({
        recipientPublicKey,
        sender,
        info: PURPOSE_SEALED_KEY,
        associatedData: encodeLetter(PURPOSE_SEALED_KEY, role, envelope, photos, fromHex(payloadHash)),
        plaintext: key,
      }),
    );
  return {
    suite: envelope.suite,
    letterId: envelope.letterId,
    authorId: envelope.authorId,
    receiverId: envelope.receiverId,
    authorEpoch: envelope.authorEpoch,
    receiverEpoch: envelope.receiverEpoch,
    createdAt: envelope.createdAt,
    payload,
    photos,
    sealedForReceiver: await sealFor('receiver', input.receiverPublicKey),
    sealedForAuthor: await sealFor('author', author.publicKey),
  };
}

/**
 * Opens a letter as its receiver, or from the author's own copy. `authorPublicKey` is the author's
 * key as the reader knows it (pinned), never one that came with the letter. Returns the content and
 * the key for its photos.
 * @throws CryptoRefusal `damaged` unless every byte is as the author sealed it for this reader;
 *   `unknown-suite`
 */
export async function openLetter(input: {
  letter: SealedLetter;
  reader: LetterReader;
  identity: Identity;
  authorPublicKey: Bytes;
}): Promise<{ content: LetterContent; key: Bytes }> {
  const { letter, reader, identity, authorPublicKey } = input;
  if (letter.suite !== 1) throw new CryptoRefusal('unknown-suite', 'Sealed by an unknown version.');
  if (!isLetterShaped(letter, letter.photos) || !(letter.payload instanceof Uint8Array)) throw damaged();
  if (reader === 'author' && !equalBytes(identity.publicKey, authorPublicKey)) throw damaged();
  const payloadHash = fromHex(await hashCiphertext(letter.payload));
  const key = await withPair(identity, (recipient) =>
    openAuthenticated({
      recipient,
      senderPublicKey: authorPublicKey,
      info: PURPOSE_SEALED_KEY,
      associatedData: encodeLetter(PURPOSE_SEALED_KEY, reader, letter, letter.photos, payloadHash),
      sealed: reader === 'author' ? letter.sealedForAuthor : letter.sealedForReceiver,
    }),
  );
  if (key.length !== LETTER_KEY_LENGTH) throw damaged();
  const base = await importHkdfKey(key);
  const content = decodeContent(
    await openWithSubkey(base, PURPOSE_PAYLOAD, payloadContext(letter), letter.payload),
  );
  if (!samePhotos(content, letter.photos)) throw damaged();
  return { content, key };
}

/**
 * Returns the hex SHA-256 of what both friends have in common: envelope, payload and photo hashes.
 * It seeds the drawn stamp. Sealed keys are left out, so that the stamp stays the same if a copy is
 * sealed again to new keys.
 * @throws CryptoRefusal `malformed`
 */
export async function letterHash(letter: SealedLetter): Promise<string> {
  return hashOf(letter, letter.photos, await hashCiphertext(letter.payload));
}

function hashOf(envelope: LetterEnvelope, photos: PhotoSeal[], payloadHash: string): Promise<string> {
  return hashCiphertext(encodeLetter(PURPOSE_HASH, 'both', envelope, photos, fromHex(payloadHash)));
}

function payloadContext({ letterId, authorId, receiverId }: LetterEnvelope) {
  return [letterId, authorId, receiverId];
}

function samePhotos(content: LetterContent, seals: PhotoSeal[]): boolean {
  return (
    content.photos.length === seals.length &&
    content.photos.every((photo, index) => photo.photoId === seals[index]?.photoId)
  );
}
