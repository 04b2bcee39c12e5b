import type { Bytes } from '#core/bytes.ts';
import type { LetterPhoto } from '#core/photos/open-letter-photo.ts';
import type { PreparedPhoto } from '#core/photos/prepared-photo.ts';

/** What the page asks of the photo worker; `id` matches answers to questions. */
export type PhotoRequest =
  | { id: number; ask: 'prepare'; file: Blob }
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

/** Why there is no photo: `refused` and `failed` are sentences for the person; `damaged` is never shown. */
export type PhotoTrouble = { what: 'refused' | 'failed' | 'damaged'; message: string };

export type PhotoAnswer =
  | { alive: true }
  | { id: number; prepared: PreparedPhoto }
  | { id: number; opened: Blob }
  | { id: number; trouble: PhotoTrouble };
