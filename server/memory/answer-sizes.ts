import { limits } from '#core/schemas/limits.ts';

/** The largest content of answers, in bytes. */

/** One photo, sealed or decrypted. */
export const photoBytes = ({ size }: { size?: 'full' | 'preview' }) =>
  size === 'preview' ? limits.sealedPreviewBytes : limits.sealedPhotoBytes;

/** One letter or draft without its photos: see the padded lengths in core/schemas/sealed.ts. */
export const letterBytes = () => 8 * limits.bodyMax;

/** A page of drafts while it is loaded. */
export const draftPageBytes = () => limits.pageSize * letterBytes();

export const stampBytes = () => limits.sealedPhotoBytes / 5;

/** A user's exported account data; mostly its list of events. */
export const accountBytes = () => 1_000_000;
