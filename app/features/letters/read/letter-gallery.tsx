import { useRef, useState } from 'react';
import type { PagePhoto } from '#app/modes/page-access.ts';
import { plainUrlOf, type ShownPhoto, usePagePhotos } from '#app/modes/use-page-photos.ts';
import { useLate } from '#app/ui/use-late.ts';
import type { ReadablePhoto } from '#core/letters/letter-view.ts';
import { PhotoGallery, viewOf } from './photo-gallery.tsx';

interface LetterGalleryProps {
  letterId: string;
  photos: readonly ReadablePhoto[];
  /** Of each photo. */
  pictures: { full: readonly PagePhoto[]; preview: readonly PagePhoto[] };
}

/** A letter's photos; sealed ones appear as the browser opens them. */
export function LetterGallery({ letterId, photos, pictures }: LetterGalleryProps) {
  const previews = usePagePhotos(pictures.preview);
  const [opened, setOpened] = useState<readonly (string | null)[]>([]);
  const section = useRef<HTMLElement>(null);
  const Viewing = useLate(loadViewing, photos.length > 0);
  const shown = photos.map((photo, n) => {
    const preview = previews[n] ?? 'missing';
    return {
      ...photo,
      viewUrl: viewOf(letterId, n),
      previewUrl: typeof preview === 'object' ? preview.url : null,
      fullUrl: opened[n] ?? plainUrlOf(pictures.full[n]),
      note: noteOn(preview),
    };
  });
  return (
    <>
      <PhotoGallery photos={shown} sectionRef={section} />
      {Viewing ? (
        <Viewing
          letterId={letterId}
          photos={shown}
          full={pictures.full}
          section={section}
          onOpened={setOpened}
        />
      ) : null}
    </>
  );
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
