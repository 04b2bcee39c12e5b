import { type Bytes, randomBytes } from '#core/bytes.ts';
import {
  createIdentity,
  hashCiphertext,
  type Identity,
  importMasterKey,
  type LetterContent,
  type LetterEnvelope,
  type MasterKey,
  newLetterKey,
  newMasterKey,
  type PhotoSeal,
  type SealedLetter,
  sealLetter,
  sealPhoto,
} from '#core/crypto/index.ts';
import { newId } from '#core/id.ts';

export type Person = {
  userId: string;
  epoch: number;
  masterKey: MasterKey;
  identity: Identity;
  publicKey: Bytes;
};

/** Somebody with fresh keys. */
export async function createPerson(): Promise<Person> {
  const userId = newId();
  const epoch = 1;
  const raw = newMasterKey();
  const masterKey = await importMasterKey(raw);
  const { identity, publicKey } = await createIdentity(raw, { userId, epoch });
  return { userId, epoch, masterKey, identity, publicKey };
}

export type SealedPhoto = {
  photoId: string;
  full: Bytes;
  preview: Bytes;
  sealedFull: Bytes;
  sealedPreview: Bytes;
};

export type WrittenLetter = {
  key: Bytes;
  envelope: LetterEnvelope;
  content: LetterContent;
  letter: SealedLetter;
  photos: SealedPhoto[];
};

/** A letter from one to the other with as many photos of random bytes as asked for. */
export async function writeLetter(
  author: Person,
  receiver: Person,
  text: { title: string; body: string; captions?: string[] },
): Promise<WrittenLetter> {
  const key = newLetterKey();
  const letterId = newId();
  const photos = await Promise.all((text.captions ?? []).map(() => sealRandomPhoto(key, letterId)));
  const content: LetterContent = {
    title: text.title,
    body: text.body,
    photos: photos.map(({ photoId }, index) => ({
      photoId,
      caption: text.captions?.[index] ?? '',
      width: 2048,
      height: 1024 + index,
      mediaType: 'image/webp',
    })),
  };
  const envelope: LetterEnvelope = {
    suite: 1,
    letterId,
    authorId: author.userId,
    receiverId: receiver.userId,
    authorEpoch: author.epoch,
    receiverEpoch: receiver.epoch,
    createdAt: 1_790_000_000_000,
  };
  const letter = await sealLetter({
    envelope,
    content,
    photos: await Promise.all(photos.map(photoSeal)),
    key,
    author: author.identity,
    receiverPublicKey: receiver.publicKey,
  });
  return { key, envelope, content, letter, photos };
}

async function photoSeal({ photoId, sealedFull, sealedPreview }: SealedPhoto): Promise<PhotoSeal> {
  return {
    photoId,
    fullHash: await hashCiphertext(sealedFull),
    previewHash: await hashCiphertext(sealedPreview),
  };
}

async function sealRandomPhoto(key: Bytes, letterId: string): Promise<SealedPhoto> {
  const photoId = newId();
  const full = randomBytes(300);
  const preview = randomBytes(60);
  return {
    photoId,
    full,
    preview,
    sealedFull: await sealPhoto(key, { letterId, photoId, variant: 'full' }, full),
    sealedPreview: await sealPhoto(key, { letterId, photoId, variant: 'preview' }, preview),
  };
}

/** The refusal expected of anything that does not authenticate. */
export const damaged = { name: 'CryptoRefusal', reason: 'damaged' };

/** A copy with one byte changed in the given bits. */
export function withFlippedByte(bytes: Bytes, position: number, bits = 0xff): Bytes {
  const changed = bytes.slice();
  changed[position] = (changed[position] as number) ^ bits;
  return changed;
}
