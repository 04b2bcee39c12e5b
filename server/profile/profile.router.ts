import { profileInput } from '#core/schemas/profile.ts';
import { privateProcedure, router } from '../trpc.ts';
import { readProfile } from './read-profile.ts';
import { saveProfile } from './save-profile.ts';

export const profileRouter = router({
  /** What this person says of themselves, and how they like dates. */
  read: privateProcedure.query(({ ctx }) => readProfile(ctx, ctx.actor)),

  /** Saves display name, zone and locale, all of them. */
  save: privateProcedure.input(profileInput).mutation(({ ctx, input }) => saveProfile(ctx, ctx.actor, input)),
});
