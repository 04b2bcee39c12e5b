import { privateProcedure, router } from '../trpc.ts';
import { readStorage } from './quota.ts';

export const storageRouter = router({
  /** The bytes of your quota used by letters, drafts and photos you made, and the quota itself. */
  read: privateProcedure.query(({ ctx }) => readStorage(ctx, ctx.actor)),
});
