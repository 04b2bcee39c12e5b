import type { PhotoToOpen } from '../photos/photo-messages.ts';
import type { SealedDraft } from './sealed-draft.ts';

/** The previews of a draft's photos, still sealed. */
export function draftPreviews({ id: letterId, key, photos, seals }: SealedDraft): PhotoToOpen[] {
  if (!key) return [];
  return photos.map(({ photoId, mediaType }, n) => ({
    url: `/drafts/${letterId}/photos/${photoId}?size=preview`,
    key,
    ref: { letterId, photoId, variant: 'preview' },
    expectedHash: seals[n]?.previewHash,
    mediaType,
  }));
}
