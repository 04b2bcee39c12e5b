import type { PhotoToOpen } from '#app/browser/photos/photo-messages.ts';
import { useOpenedPhotos } from '#app/browser/photos/use-opened-photos.ts';
import { PhotoGallery } from './photo-gallery.tsx';

interface SealedGalleryProps {
  letterId: string;
  photos: readonly { caption: string; width: number; height: number }[];
  /** Their previews, still sealed. */
  previews: readonly PhotoToOpen[];
}

/** The photographs of a letter that was opened in the browser: each appears as it is opened. */
export function SealedGallery({ letterId, photos, previews }: SealedGalleryProps) {
  const opened = useOpenedPhotos(previews);
  return (
    <PhotoGallery
      photos={photos.map((photo, n) => {
        const preview = opened[n] ?? 'missing';
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

/** Why a photo is not to be seen; nothing while it is on its way. */
export function noteOn(photo: ReturnType<typeof useOpenedPhotos>[number]): string | undefined {
  if (photo === 'damaged')
    return 'This photo is damaged or isn’t what the letter says it is, so it isn’t shown.';
  if (photo === 'missing') return 'This photo could not be fetched. Load the page again to try once more.';
  return undefined;
}
