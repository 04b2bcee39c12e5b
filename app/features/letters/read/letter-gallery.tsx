import { useState } from 'react';
import type { PagePhoto } from '#app/modes/page-access.ts';
import { plainUrlOf, type ShownPhoto, usePagePhotos } from '#app/modes/use-page-photos.ts';
import { useLate } from '#app/ui/use-late.ts';
import type { ReadableLetter } from '#core/letters/letter-view.ts';
import { placedPhotos } from '#core/letters/read-marks.ts';
import { nameOf, PhotoFigure, PhotoGallery, viewOf } from './photo-gallery.tsx';

/** Of each photo. */
interface Pictures {
  full: readonly PagePhoto[];
  preview: readonly PagePhoto[];
}

/**
 * A letter's photos: `photoAt` shows one that has a place in the text, `gallery` the others. Sealed
 * ones appear as the browser opens them.
 */
export function useLetterPhotos({ id, content }: ReadableLetter, pictures: Pictures) {
  const photos = content?.photos ?? [];
  const previews = usePagePhotos(pictures.preview);
  const [opened, setOpened] = useState<readonly (string | null)[]>([]);
  const Viewing = useLate(loadViewing, photos.length > 0);
  const placed = placedPhotos(content?.body ?? '');
  const shown = photos.map((photo, n) => {
    const preview = previews[n] ?? 'missing';
    return {
      ...photo,
      n,
      name: nameOf(photo, n, photos.length),
      viewUrl: viewOf(id, n),
      previewUrl: typeof preview === 'object' ? preview.url : null,
      fullUrl: opened[n] ?? plainUrlOf(pictures.full[n]),
      note: noteOn(preview),
    };
  });
  return {
    photoAt: (n: number) => {
      const photo = shown[n - 1];
      return photo && <PhotoFigure photo={photo} isSingle />;
    },
    gallery: (
      <>
        <PhotoGallery photos={shown.filter(({ n }) => !placed.has(n + 1))} />
        {Viewing ? <Viewing letterId={id} photos={shown} full={pictures.full} onOpened={setOpened} /> : null}
      </>
    ),
  };
}

/** Until it is there, a link leads to a photo's own page. */
const loadViewing = () => import('./photo-viewing.tsx');

/** Explains why a photo isn't shown; undefined while it is loading. */
export function noteOn(photo: ShownPhoto): string | undefined {
  if (photo === 'damaged')
    return 'This photo is damaged or isn’t what the letter says it is, so it isn’t shown.';
  if (photo === 'missing') return 'This photo couldn’t be loaded. Reload the page to try again.';
  return undefined;
}
