import type { PhotoVariant } from '#core/crypto/index.ts';
import { AppError } from '../errors.ts';

/** The position of a photo in a letter or a draft. */
export interface PhotoPlace {
  id: string;
  /** Counted from 0. */
  n: number;
  size: PhotoVariant;
}

/**
 * The position of a photo in a draft. `n` may be the photo's id, because reordering changes its
 * number.
 */
export type DraftPhotoPlace = Omit<PhotoPlace, 'n'> & { n: number | string };

export const photoMissing = () => new AppError('not-found', 'We can’t find this photo.');
