import type { PhotoVariant } from '#core/crypto/index.ts';
import { AppError } from '../errors.ts';

/** A photo of a letter or a draft. */
export interface PhotoPlace {
  id: string;
  /** Counted from 0. */
  n: number;
  size: PhotoVariant;
}

/** The same of a draft, where `n` may be the photo's id: its place changes when the photos are put in another order. */
export type DraftPhotoPlace = Omit<PhotoPlace, 'n'> & { n: number | string };

export const photoMissing = () => new AppError('not-found', 'We can’t find this photo.');
