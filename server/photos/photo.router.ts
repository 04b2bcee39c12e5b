import { octetInputParser } from '@trpc/server/http';
import { privateProcedure, router } from '../trpc.ts';
import { readParcel, uploadSealedPhoto } from './upload-sealed-photo.ts';

export const photoRouter = router({
  /**
   * Keeps one sealed photo in both sizes for a draft of one's own. The input is the bytes of a parcel
   * (core/photos/photo-parcel.ts), sent as they are. The same photo twice is one photo.
   */
  uploadSealed: privateProcedure.input(octetInputParser).mutation(async ({ ctx, input }) => {
    await ctx.limits.count('photos by account', ctx.actor.userId);
    return uploadSealedPhoto(ctx, ctx.actor, await readParcel(input));
  }),
});
