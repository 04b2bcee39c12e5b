import type { PhotoToOpen } from '#app/browser/photos/photo-messages.ts';
import type { SealedDraft } from './sealed-draft.ts';

/** The previews of a draft's photos, still sealed. */
export function draftPreviews({ id: letterId, key, photos, seals }: SealedDraft): PhotoToOpen[] {
  if (!key) return [];
  return photos.map((photo, n) => ({
    url: `/drafts/${letterId}/photos/${photo.photoId}?size=preview`,
    key,
    place: { letterId, photo, variant: 'preview' as const },
    expectedHash: seals[n]?.previewHash,
  }));
}
