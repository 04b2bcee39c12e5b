import { z } from 'zod';
import { draftPage, draftPhotoRef, id } from '#core/schemas/letters.ts';
import { saveDraftInput } from '#core/schemas/sealed.ts';
import { AppError } from '../errors.ts';
import { draftPageBytes, letterBytes, photoBytes } from '../memory/answer-sizes.ts';
import { largeAnswer, privateProcedure, router } from '../trpc.ts';
import { discardDraft } from './discard-draft.ts';
import { readDraftPhoto } from './read-draft-photo.ts';
import { saveDraft } from './save-draft.ts';
import { restoreDraft, trashDraft } from './trash-draft.ts';
import { viewDraft, viewDrafts } from './view-drafts.ts';

/**
 * Drafts, sealed. core/drafts seals and opens them: in the browser, in programs and on the server.
 */
export const draftRouter = router({
  /**
   * Drafts, twenty per page, last saved first; with `inTrash` the deleted ones. Open them with
   * `summarizeDrafts` in core.
   */
  list: privateProcedure
    .input(draftPage)
    .use(largeAnswer(draftPageBytes))
    .query(({ ctx, input }) => viewDrafts(ctx, ctx.actor, input)),

  /** One draft. Open it with `openDraftView` in core. `not-found` if it is another user's. */
  get: privateProcedure
    .input(z.object({ id }))
    .use(largeAnswer(letterBytes))
    .query(async ({ ctx, input }) => {
      const draft = await viewDraft(ctx, ctx.actor, input.id);
      if (draft) return draft;
      throw new AppError('not-found', 'This draft no longer exists. It may have been sent or deleted.');
    }),

  /** Saves a draft; `version` 0 creates one. Upload its photos first, with `photos.upload`. */
  save: privateProcedure.input(saveDraftInput).mutation(async ({ ctx, input }) => {
    await ctx.limits.count('drafts by account', ctx.actor.userId);
    return saveDraft(ctx, ctx.actor, input);
  }),

  /** One photo of a draft. */
  photo: privateProcedure
    .input(draftPhotoRef)
    .use(largeAnswer(photoBytes))
    .query(({ ctx, input }) => readDraftPhoto(ctx, ctx.actor, input)),

  /** Puts a draft into the trash, for 30 days; `not-found` if there is none. Saving takes it out. */
  trash: privateProcedure
    .input(z.object({ id }))
    .mutation(({ ctx, input }) => trashDraft(ctx, ctx.actor, input.id)),

  /** Takes a draft out of the trash. `not-found` when it no longer exists. */
  restore: privateProcedure
    .input(z.object({ id }))
    .mutation(({ ctx, input }) => restoreDraft(ctx, ctx.actor, input.id)),

  /** Deletes a draft and its photos for good. */
  discard: privateProcedure
    .input(z.object({ id }))
    .mutation(({ ctx, input }) => discardDraft(ctx, ctx.actor, input.id)),
});
