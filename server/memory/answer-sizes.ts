import { limits } from '#core/schemas/limits.ts';

/** What the content of large answers can be at most, bytes. */

/** Of one photo, sealed or opened. */
export const photoBytes = ({ size }: { size?: 'full' | 'preview' }) =>
  size === 'preview' ? limits.sealedPreviewBytes : limits.sealedPhotoBytes;

/** Of one letter or draft without its photos: see the padded lengths in core/schemas/sealed.ts. */
export const letterBytes = () => 8 * limits.bodyMax;

/** Of a page of drafts while it is loaded. */
export const draftPageBytes = () => limits.pageSize * letterBytes();

/** Of a painted stamp. */
export const stampBytes = () => limits.sealedPhotoBytes / 5;

/** Of all that an account says of a person, its list of events above all. */
export const accountBytes = () => 1_000_000;
