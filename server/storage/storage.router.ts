import { privateProcedure, router } from '../trpc.ts';
import { readStorage } from './quota.ts';

export const storageRouter = router({
  /** How many bytes of your quota are used by the letters, drafts and photos you made yourself. */
  read: privateProcedure.query(({ ctx }) => readStorage(ctx, ctx.actor)),
});
