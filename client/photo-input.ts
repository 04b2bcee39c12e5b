import type { PreparedPhoto } from '#core/photos/prepared-photo.ts';

/** A file's content; in Node also its path or `file:` URL. */
export type PhotoSource = Uint8Array | Blob | URL | string;
export type PhotoInput = PhotoSource | { photo: PhotoSource; caption?: string };

export interface Platform {
  argon2: import('#core/crypto/index.ts').Argon2id;
  /**
   * Decodes a photo, turns it upright, shrinks it to two sizes and re-encodes it.
   * @throws BffError `invalid-input`, `too-large`.
   */
  preparePhoto(source: PhotoSource): Promise<PreparedPhoto>;
  userAgent?: string;
}

export function withCaption(input: PhotoInput): { photo: PhotoSource; caption: string } {
  const isSource =
    typeof input === 'string' || input instanceof Uint8Array || input instanceof Blob || input instanceof URL;
  return isSource ? { photo: input, caption: '' } : { photo: input.photo, caption: input.caption ?? '' };
}
