import type { Bytes } from '#core/bytes.ts';
import type { LetterPhoto } from '#core/photos/open-letter-photo.ts';
import type { PreparedPhoto } from '#core/photos/prepared-photo.ts';

/** A request to the photo worker; `id` matches answers to requests. */
export type PhotoRequest =
  | { id: number; ask: 'prepare'; file: Blob }
  | { id: number; ask: 'open'; photo: PhotoToOpen }
  | { ask: 'alive' };

export interface PhotoToOpen {
  url: string;
  key: Bytes;
  place: LetterPhoto;
  /**
   * Hex SHA-256 of the ciphertext, as the author sealed it; undefined for the user's own drafts.
   */
  expectedHash: string | undefined;
}

/**
 * Why there is no photo. `refused` and `failed` have messages for the user; `damaged` is never
 * shown.
 */
export type PhotoTrouble = { what: 'refused' | 'failed' | 'damaged'; message: string };

export type PhotoAnswer =
  | { alive: true }
  | { id: number; prepared: PreparedPhoto }
  | { id: number; opened: Blob }
  | { id: number; trouble: PhotoTrouble };
