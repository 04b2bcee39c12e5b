import { useMemo } from 'react';
import type { PhotoToOpen } from '../browser/photos/photo-messages.ts';
import { type OpenedPhoto, useOpenedPhotos } from '../browser/photos/use-opened-photos.ts';
import type { PagePhoto } from './page-access.ts';

/** A photo's URL, or why it has none (yet). */
export type ShownPhoto = OpenedPhoto;

const isSealed = (photo: PagePhoto): photo is PhotoToOpen => 'key' in photo;

/** Returns the URL of a photo that the server opens; null for a sealed one. */
export const plainUrlOf = (photo: PagePhoto | undefined) => (photo && !isSealed(photo) ? photo.url : null);

/**
 * Returns the URLs of a page's photos. Opens sealed ones in a worker, in order.
 *
 * @param photos pass the same array as long as the photos are the same
 */
export function usePagePhotos(photos: readonly PagePhoto[]): ShownPhoto[] {
  const opened = useOpenedPhotos(useMemo(() => photos.filter(isSealed), [photos]));
  let n = 0;
  return photos.map((photo) => (isSealed(photo) ? (opened[n++] ?? 'opening') : photo));
}
