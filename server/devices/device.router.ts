import { z } from 'zod';
import { isId } from '#core/id.ts';
import { privateProcedure, router } from '../trpc.ts';
import { endDevice, endOtherDevices } from './end-devices.ts';
import { listDevices } from './list-devices.ts';

export const deviceRouter = router({
  /** The devices this user is logged in on: this device first, then the most recently seen. */
  list: privateProcedure.query(({ ctx }) => listDevices(ctx, ctx.actor)),

  /** Logs one device out at once. */
  end: privateProcedure
    .input(z.object({ id: z.string().refine(isId, 'This device isn’t in your list.') }))
    .mutation(({ ctx, input }) => endDevice(ctx, ctx.actor, input.id)),

  /** Logs out every device but this one. */
  endOthers: privateProcedure.mutation(({ ctx }) => endOtherDevices(ctx, ctx.actor)),
});
