import { argon2Wasm } from '#core/crypto/argon2-wasm.ts';
import { PhotoRefused } from '#core/photos/photo-refused.ts';
import { preparePhoto } from '#core/photos/prepare-photo.ts';
import { BffError } from './bff-error.ts';
import { type BffClientOptions, createClient } from './create-bff-client.ts';
import type { PhotoSource } from './photo-input.ts';

export * from './public.ts';

/**
 * Creates a client for browsers; see {@link BffClient}. Deriving keys blocks its thread for a
 * moment, so use it in a worker.
 */
export const createBffClient = (options: BffClientOptions) =>
  createClient({ argon2: argon2Wasm, preparePhoto: preparePhotoInBrowser }, options);

async function preparePhotoInBrowser(source: PhotoSource) {
  if (typeof source === 'string' || source instanceof URL)
    throw new BffError('invalid-input', "A browser can't read files by path. Pass a Blob or bytes.");
  try {
    return await preparePhoto(source instanceof Blob ? source : new Blob([Uint8Array.from(source)]));
  } catch (cause) {
    if (!(cause instanceof PhotoRefused)) throw cause;
    throw new BffError('invalid-input', cause.message, { fields: { photos: cause.message }, cause });
  }
}
