import { z } from 'zod';
import type { Bytes } from '#core/bytes.ts';
import { privateProcedure, router } from '../trpc.ts';
import { readPhotoUpload, uploadPhoto } from './upload-photo.ts';

/** The raw bytes of a request body, or bytes from a client in this process. */
const photoUploadInput = z.custom<Bytes | ReadableStream<Uint8Array>>(
  (input) => input instanceof Uint8Array || input instanceof ReadableStream,
  'Send the photo as bytes.',
);

export const photoRouter = router({
  /**
   * Stores one sealed photo, in both sizes, for one of your drafts. The input is the raw bytes of
   * an upload (core/photos/photo-upload.ts). Uploading it twice stores one photo.
   */
  upload: privateProcedure.input(photoUploadInput).mutation(async ({ ctx, input }) => {
    await ctx.limits.count('photos by account', ctx.actor.userId);
    return uploadPhoto(ctx, ctx.actor, await readPhotoUpload(input));
  }),
});
