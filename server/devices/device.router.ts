import { z } from 'zod';
import { isId } from '#core/id.ts';
import { privateProcedure, router } from '../trpc.ts';
import { endDevice, endOtherDevices } from './end-devices.ts';
import { listDevices } from './list-devices.ts';

export const deviceRouter = router({
  /** Where this person is logged in: the device that asks first, then the latest seen. */
  list: privateProcedure.query(({ ctx }) => listDevices(ctx, ctx.actor)),

  /** Ends one of them at once. */
  end: privateProcedure
    .input(z.object({ id: z.string().refine(isId, 'This device is not in your list.') }))
    .mutation(({ ctx, input }) => endDevice(ctx, ctx.actor, input.id)),

  /** Ends all but the device that asks. */
  endOthers: privateProcedure.mutation(({ ctx }) => endOtherDevices(ctx, ctx.actor)),
});
