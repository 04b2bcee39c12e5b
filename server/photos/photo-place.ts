import type { Bytes } from '#core/bytes.ts';
import { isCryptoRefusal, type PhotoVariant } from '#core/crypto/index.ts';
import type { Deps } from '../deps.ts';
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

export const photoMissing = () => new AppError('not-found', 'This photo is not here.');

/** What opens a photo, with `not-found` for one that does not authenticate. */
export async function orDamaged(
  { log }: Pick<Deps, 'log'>,
  where: { letterId: string; n: number } | { draftId: string; n: number | string },
  open: Promise<Bytes>,
): Promise<Bytes> {
  try {
    return await open;
  } catch (error) {
    if (!isCryptoRefusal(error)) throw error;
    log.error('photo does not authenticate', where);
    throw new AppError('not-found', 'This photo is damaged.');
  }
}
