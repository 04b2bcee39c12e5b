import { profileInput } from '#core/schemas/profile.ts';
import { privateProcedure, router } from '../trpc.ts';
import { readProfile } from './read-profile.ts';
import { saveProfile } from './save-profile.ts';

export const profileRouter = router({
  /** Display name, time zone and date format. */
  read: privateProcedure.query(({ ctx }) => readProfile(ctx, ctx.actor)),

  /** Saves display name, time zone and date format together. */
  save: privateProcedure.input(profileInput).mutation(({ ctx, input }) => saveProfile(ctx, ctx.actor, input)),
});
