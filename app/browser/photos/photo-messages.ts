import type { Bytes } from '#core/bytes.ts';
import type { LetterPhoto } from '#core/photos/open-letter-photo.ts';
import type { PhotoManifestEntry, PhotoSeal } from '../keys/crypto.ts';

/** What the page asks of the photo worker; `id` matches answers to questions. */
export type PhotoRequest =
  | { id: number; ask: 'upload'; file: Blob; draftId: string; photoId: string; key: Bytes }
  | { id: number; ask: 'open'; photo: PhotoToOpen }
  | { ask: 'alive' };

/** A sealed photo, where it is, and what opens it. */
export interface PhotoToOpen {
  url: string;
  key: Bytes;
  place: LetterPhoto;
  /** Hex SHA-256 of the ciphertext, as the letter's author sealed it; left out for a draft of one's own. */
  expectedHash: string | undefined;
}

export interface UploadedPhoto {
  entry: PhotoManifestEntry;
  seal: PhotoSeal;
  /** It moves in its file, and is one still picture in the letter. */
  standsStill: boolean;
}

export type UploadStage = 'preparing' | 'sealing' | 'sending' | 'waiting';

/** Why there is no photo: `refused` and `failed` are sentences for the person; `damaged` is never shown. */
export type PhotoTrouble = { what: 'refused' | 'failed' | 'logged-out' | 'damaged'; message: string };

export type PhotoAnswer =
  | { alive: true }
  | { id: number; stage: UploadStage }
  | { id: number; uploaded: UploadedPhoto }
  | { id: number; opened: Blob }
  | { id: number; trouble: PhotoTrouble };
