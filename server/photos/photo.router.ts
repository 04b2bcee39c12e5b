import { octetInputParser } from '@trpc/server/http';
import { privateProcedure, router } from '../trpc.ts';
import { readParcel, uploadSealedPhoto } from './upload-sealed-photo.ts';

export const photoRouter = router({
  /**
   * Stores one sealed photo, in both sizes, for one of your drafts. The input is the raw bytes of a parcel
   * (core/photos/photo-parcel.ts). Uploading it twice stores one photo.
   */
  upload: privateProcedure.input(octetInputParser).mutation(async ({ ctx, input }) => {
    await ctx.limits.count('photos by account', ctx.actor.userId);
    return uploadSealedPhoto(ctx, ctx.actor, await readParcel(input));
  }),
});
