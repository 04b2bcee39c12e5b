import type { Bytes } from '../bytes.ts';

/** What is visible of a letter, and bound to it. Epochs are those of the keys it was sealed with; time in ms. */
export type LetterEnvelope = {
  suite: 1;
  letterId: string;
  authorId: string;
  receiverId: string;
  authorEpoch: number;
  receiverEpoch: number;
  createdAt: number;
};

/** A photo as the letter describes it; width and height in px of the full picture. */
export type PhotoManifestEntry = {
  photoId: string;
  caption: string;
  width: number;
  height: number;
  mediaType: string;
};

/** A letter in the clear. */
export type LetterContent = { title: string; body: string; photos: PhotoManifestEntry[] };

/** A letter in progress, with the username of the friend it is for; null for none yet, missing in drafts of older versions. */
export type DraftContent = LetterContent & { to?: string | null };

/** Hex SHA-256 of a photo's two ciphertexts. */
export type PhotoSeal = { photoId: string; fullHash: string; previewHash: string };

/** A letter as it is stored: nothing in here tells what it says. */
export type SealedLetter = LetterEnvelope & {
  payload: Bytes;
  photos: PhotoSeal[];
  sealedForReceiver: Bytes;
  sealedForAuthor: Bytes;
};

export type PhotoVariant = 'full' | 'preview';
export type LetterReader = 'author' | 'receiver';
