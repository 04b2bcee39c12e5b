import { useEffect, useState } from 'react';
import type { PhotoToOpen } from './photo-messages.ts';

/** A photo being opened; an object URL once it is. */
export type OpenedPhoto = { url: string } | 'opening' | 'damaged' | 'missing';

/**
 * Opens sealed photos in a worker, in order. Revokes the URLs when the page is left.
 *
 * @param photos pass the same array as long as the photos are the same
 */
export function useOpenedPhotos(photos: readonly PhotoToOpen[]): OpenedPhoto[] {
  const [opened, setOpened] = useState<OpenedPhoto[]>([]);
  useEffect(() => {
    setOpened([]);
    if (photos.length === 0) return;
    // Late, as most letters have no photos.
    const opening = import('./photo-worker.ts').then(({ createPhotoWorker }) => createPhotoWorker());
    const urls: string[] = [];
    let left = false;
    const put = (n: number, photo: OpenedPhoto) => {
      if (!left) setOpened((before) => photos.map((_, at) => (at === n ? photo : (before[at] ?? 'opening'))));
    };
    photos.forEach((photo, n) => {
      opening
        .then((worker) => worker.open(photo))
        .then(
          (blob) => {
            if (left) return;
            const url = URL.createObjectURL(blob);
            urls.push(url);
            put(n, { url });
          },
          (error) => put(n, error?.trouble?.what === 'damaged' ? 'damaged' : 'missing'),
        );
    });
    return () => {
      left = true;
      void opening.then(
        (worker) => worker.cancel(),
        () => undefined,
      );
      for (const url of urls) URL.revokeObjectURL(url);
    };
  }, [photos]);
  return photos.map((_, n) => opened[n] ?? 'opening');
}
