import { open } from 'node:fs/promises';
import type { Bytes } from '#core/bytes.ts';
import { tooManyBytesText } from '#core/photos/photo-advice.ts';
import { PhotoRefused } from '#core/photos/photo-refused.ts';
import type { PreparedPhoto } from '#core/photos/prepared-photo.ts';
import { limits } from '#core/schemas/limits.ts';
import { missingPackageOf } from '#imaging/missing-package.ts';
import { BffError } from './bff-error.ts';
import type { PhotoSource } from './photo-input.ts';

/**
 * Reads a photo and prepares it as the server does. The original file is never sent, so without
 * `sharp` there are no photos.
 * @throws BffError `invalid-input`, `too-large`; `unavailable` if a package is missing or broken;
 *   `not-found` for a missing file
 */
export async function preparePhotoInNode(source: PhotoSource): Promise<PreparedPhoto> {
  const bytes = await read(source);
  try {
    const { preparePhoto } = await import('#imaging/prepare-photo.ts');
    return await preparePhoto(bytes);
  } catch (cause) {
    if (cause instanceof PhotoRefused) throw refused(cause.message, cause.code, cause);
    throw new BffError('unavailable', unavailableText(cause), { cause });
  }
}

function unavailableText(cause: unknown): string {
  const missing = missingPackageOf(cause);
  if (!missing) return `Photos can't be prepared here: ${cause instanceof Error ? cause.message : cause}`;
  const photos = missing === 'sharp' ? 'Photos' : 'HEIC photos';
  return `${photos} need the package "${missing}". Install it: npm install ${missing}`;
}

async function read(source: PhotoSource): Promise<Bytes> {
  if (source instanceof Uint8Array) return within(source.length, () => Uint8Array.from(source));
  if (source instanceof Blob)
    return within(source.size, async () => new Uint8Array(await source.arrayBuffer()));
  const file = await open(source, 'r').catch((cause) => {
    throw new BffError('not-found', `Can't read the file ${source}.`, { cause });
  });
  try {
    const { size } = await file.stat();
    return await within(size, async () => new Uint8Array(await file.readFile()));
  } finally {
    await file.close();
  }
}

async function within(length: number, content: () => Bytes | Promise<Bytes>): Promise<Bytes> {
  if (length > limits.photoBytes) throw refused(tooManyBytesText, 'too-large');
  return content();
}

function refused(message: string, code: PhotoRefused['code'], cause?: unknown): BffError {
  return new BffError(code, message, { fields: { photos: message }, cause });
}
