import type { Bytes } from '../bytes.ts';

/**
 * The visible part of a letter, which is bound to it. Epochs are those of the keys it was sealed
 * with; times in ms.
 */
export type LetterEnvelope = {
  suite: 1;
  letterId: string;
  authorId: string;
  receiverId: string;
  authorEpoch: number;
  receiverEpoch: number;
  createdAt: number;
};

/**
 * A letter's description of a photo; width and height of the full picture, in px. `alt` is missing
 * where the author hasn't described the photo; older readers ignore it.
 */
export type PhotoManifestEntry = {
  photoId: string;
  caption: string;
  alt?: string;
  width: number;
  height: number;
  mediaType: string;
};

/** The names of paper, ink and handwriting, as the author's client knows them. */
export type SealedStationery = { paper: string; ink: string; face: string };

/**
 * `stationery` is missing in a plain letter, `inReplyTo`, a letter's id, in one that answers none.
 * Older readers ignore both.
 */
export type LetterContent = {
  title: string;
  body: string;
  photos: PhotoManifestEntry[];
  stationery?: SealedStationery;
  inReplyTo?: string;
};

/**
 * A draft with its friend's username, when the letter is to arrive, and the motif of its stamp. `to`
 * is null if none is chosen; older versions have none of them.
 */
export type DraftContent = LetterContent & { to?: string | null; arrival?: string; stamp?: string };

/** Hex SHA-256 of a photo's two ciphertexts. */
export type PhotoSeal = { photoId: string; fullHash: string; previewHash: string };

export type SealedLetter = LetterEnvelope & {
  payload: Bytes;
  photos: PhotoSeal[];
  sealedForReceiver: Bytes;
  sealedForAuthor: Bytes;
};

export type PhotoVariant = 'full' | 'preview';
export type LetterReader = 'author' | 'receiver';
