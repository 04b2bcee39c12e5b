import { z } from 'zod';
import { id } from '#core/schemas/letters.ts';
import { stampBytes } from '../memory/answer-sizes.ts';
import { largeAnswer, privateProcedure, router } from '../trpc.ts';
import { viewStamp } from './view-stamp.ts';

export const stampRouter = router({
  /** Whether stamp ideas are accepted: whether there is a picture service. */
  offered: privateProcedure.query(({ ctx }) => ctx.painter !== null),

  /** The painted stamp of a letter, sealed. Open it with `openStampView` in core. */
  get: privateProcedure
    .input(z.object({ id }))
    .use(largeAnswer(stampBytes))
    .query(({ ctx, input }) => viewStamp(ctx, ctx.actor, input.id)),
});
