import type { PreparedPhoto } from '#core/photos/prepared-photo.ts';

/** A file's content; in Node also its path or `file:` URL. */
export type PhotoSource = Uint8Array | Blob | URL | string;
export type PhotoInput = PhotoSource | { photo: PhotoSource; caption?: string; alt?: string };

export interface Platform {
  argon2: import('#core/crypto/index.ts').Argon2id;
  /**
   * Decodes a photo, turns it upright, shrinks it to two sizes and re-encodes it.
   * @throws BffError `invalid-input`, `too-large`.
   */
  preparePhoto(source: PhotoSource): Promise<PreparedPhoto>;
  userAgent?: string;
}

export function withTexts(input: PhotoInput): { photo: PhotoSource; caption: string; alt: string } {
  const isSource =
    typeof input === 'string' || input instanceof Uint8Array || input instanceof Blob || input instanceof URL;
  const { photo, caption = '', alt = '' } = isSource ? { photo: input } : input;
  return { photo, caption, alt };
}
