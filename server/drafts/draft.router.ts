import { z } from 'zod';
import { id, page, photoRef, saveDraftInput } from '#core/schemas/letters.ts';
import { AppError } from '../errors.ts';
import { privateProcedure, router } from '../trpc.ts';
import { discardDraft } from './discard-draft.ts';
import { listDrafts } from './list-drafts.ts';
import { openDraft } from './open-draft.ts';
import { readDraftPhoto } from './read-draft-photo.ts';
import { saveDraft } from './save-draft.ts';

export const draftRouter = router({
  /** Twenty a page, last saved first. */
  list: privateProcedure.input(page).query(({ ctx, input }) => listDrafts(ctx, ctx.actor, input)),

  /** One draft, opened. `not-found` when it is not one's own. */
  open: privateProcedure.input(z.object({ id })).query(async ({ ctx, input }) => {
    const draft = await openDraft(ctx, ctx.actor, input.id);
    if (!draft)
      throw new AppError('not-found', 'This draft is not here any more. It may have been sent or discarded.');
    const receiver = draft.receiverId ? await ctx.stores.users.findById(draft.receiverId) : null;
    const { version, updatedAt, content, stampIdea } = draft;
    return { id: draft.id, to: receiver?.username ?? null, version, updatedAt, stampIdea, ...content };
  }),

  /** Saves text and photos; `version` 0 makes a new draft. */
  save: privateProcedure.input(saveDraftInput).mutation(async ({ ctx, input }) => {
    await ctx.limits.count('drafts by account', ctx.actor.userId);
    return saveDraft(ctx, ctx.actor, input);
  }),

  /** One photo of a draft, decrypted. */
  photo: privateProcedure.input(photoRef).query(({ ctx, input }) => readDraftPhoto(ctx, ctx.actor, input)),

  discard: privateProcedure
    .input(z.object({ id }))
    .mutation(({ ctx, input }) => discardDraft(ctx, ctx.actor, input.id)),
});
