import { useCallback, useEffect, useRef, useState } from 'react';
import { createPhotoWorker } from '../browser/photos/photo-worker.ts';
import type { PagePhoto } from './page-access.ts';

/** The photos of a page at full size, which are opened one by one as they are needed. */
export interface FullPhotos {
  /** Their URLs, as far as they are opened; null until then. */
  urls: readonly (string | null)[];
  /**
   * Opens one and returns its URL.
   *
   * @throws PhotoError, PhotosCancelled
   */
  open(n: number): Promise<string>;
}

type Opener = { open(n: number): Promise<string>; close(): void };

/**
 * Opens a page's full-size photos on demand. URLs are revoked when the page is left.
 *
 * @param photos pass the same array as long as the photos are the same
 */
export function useFullPhotos(photos: readonly PagePhoto[]): FullPhotos {
  const opener = useRef<Opener | null>(null);
  const [opened, setOpened] = useState<ReadonlyMap<number, string>>(new Map());
  useEffect(() => {
    const current = createOpener(photos, (n, url) => setOpened((before) => new Map(before).set(n, url)));
    opener.current = current;
    return () => {
      current.close();
      setOpened(new Map());
    };
  }, [photos]);
  const open = useCallback(
    (n: number) => opener.current?.open(n) ?? Promise.reject(new Error('The photos aren’t on a page.')),
    [],
  );
  return { urls: photos.map((photo, n) => ('key' in photo ? (opened.get(n) ?? null) : photo.url)), open };
}

function createOpener(photos: readonly PagePhoto[], tell: (n: number, url: string) => void): Opener {
  const worker = createPhotoWorker();
  const asked = new Map<number, Promise<string>>();
  const urls: string[] = [];
  let closed = false;

  const openSealed = async (n: number, photo: PagePhoto): Promise<string> => {
    if (!('key' in photo)) return photo.url;
    const blob = await worker.open(photo);
    const url = URL.createObjectURL(blob);
    if (closed) URL.revokeObjectURL(url);
    else {
      urls.push(url);
      tell(n, url);
    }
    return url;
  };

  return {
    open(n) {
      const photo = photos[n];
      if (!photo) return Promise.reject(new Error(`There is no photo ${n}.`));
      const asking = asked.get(n) ?? openSealed(n, photo);
      asked.set(n, asking);
      // One that failed to load may be tried again.
      asking.catch(() => asked.delete(n));
      return asking;
    },
    close() {
      closed = true;
      worker.cancel();
      for (const url of urls) URL.revokeObjectURL(url);
    },
  };
}
