import type { PreparedPhoto } from '#core/photos/prepared-photo.ts';

/** A file's content; in Node also its path, or a `file:` URL. */
export type PhotoSource = Uint8Array | Blob | URL | string;
export type PhotoInput = PhotoSource | { photo: PhotoSource; caption?: string };

/** What differs between Node and a browser. */
export interface Platform {
  argon2: import('#core/crypto/index.ts').Argon2id;
  /** Reads, decodes, turns upright, shrinks to the two sizes, encodes anew. @throws BffError `invalid-input`, `too-large`. */
  preparePhoto(source: PhotoSource): Promise<PreparedPhoto>;
  userAgent?: string;
}

export function withCaption(input: PhotoInput): { photo: PhotoSource; caption: string } {
  const isSource =
    typeof input === 'string' || input instanceof Uint8Array || input instanceof Blob || input instanceof URL;
  return isSource ? { photo: input, caption: '' } : { photo: input.photo, caption: input.caption ?? '' };
}
