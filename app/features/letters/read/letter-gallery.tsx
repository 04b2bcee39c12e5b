import type { PagePhoto } from '#app/modes/page-access.ts';
import { type ShownPhoto, usePagePhotos } from '#app/modes/use-page-photos.ts';
import { PhotoGallery } from './photo-gallery.tsx';

interface LetterGalleryProps {
  letterId: string;
  photos: readonly { caption: string; width: number; height: number }[];
  previews: readonly PagePhoto[];
}

/** A letter's photos; sealed ones appear as the browser opens them. */
export function LetterGallery({ letterId, photos, previews }: LetterGalleryProps) {
  const shown = usePagePhotos(previews);
  return (
    <PhotoGallery
      photos={photos.map((photo, n) => {
        const preview = shown[n] ?? 'missing';
        return {
          ...photo,
          fullUrl: `/letters/${letterId}/photos/${n}/view`,
          previewUrl: typeof preview === 'object' ? preview.url : null,
          note: noteOn(preview),
        };
      })}
    />
  );
}

/** Explains why a photo isn't shown; undefined while it is loading. */
export function noteOn(photo: ShownPhoto): string | undefined {
  if (photo === 'damaged')
    return 'This photo is damaged or isn’t what the letter says it is, so it isn’t shown.';
  if (photo === 'missing') return 'This photo couldn’t be loaded. Reload the page to try again.';
  return undefined;
}
