import type { PhotoToOpen } from '#app/browser/photos/photo-messages.ts';
import type { EditedDraft } from '#core/drafts/edited-draft.ts';

export const previewUrlOf = (draftId: string, photoId: string) =>
  `/drafts/${draftId}/photos/${photoId}?size=preview`;

export function draftPreviews({ id: letterId, key, photos, seals }: EditedDraft): PhotoToOpen[] {
  if (!key) return [];
  return photos.map((photo, n) => ({
    url: previewUrlOf(letterId, photo.photoId),
    key,
    place: { letterId, photo, variant: 'preview' as const },
    expectedHash: seals[n]?.previewHash,
  }));
}
