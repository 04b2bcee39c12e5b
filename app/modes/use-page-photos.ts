import { useMemo } from 'react';
import type { PhotoToOpen } from '../browser/photos/photo-messages.ts';
import { type OpenedPhoto, useOpenedPhotos } from '../browser/photos/use-opened-photos.ts';
import type { PagePhoto } from './page-access.ts';

/** What is shown of a photo: a picture at an address, or why there is none (yet). */
export type ShownPhoto = OpenedPhoto;

const isSealed = (photo: PagePhoto): photo is PhotoToOpen => 'key' in photo;

/**
 * Where the photos of a page are to be seen; sealed ones are opened in a worker, in their order.
 * @param photos keep the same list while it means the same photos
 */
export function usePagePhotos(photos: readonly PagePhoto[]): ShownPhoto[] {
  const opened = useOpenedPhotos(useMemo(() => photos.filter(isSealed), [photos]));
  let n = 0;
  return photos.map((photo) => (isSealed(photo) ? (opened[n++] ?? 'opening') : photo));
}
