import { z } from 'zod';
import { draftPhotoRef, id, page, saveDraftInput } from '#core/schemas/letters.ts';
import { saveSealedDraftInput } from '#core/schemas/sealed.ts';
import { wiping } from '#core/wiping.ts';
import { AppError } from '../errors.ts';
import { draftPageBytes, letterBytes, photoBytes } from '../memory/answer-sizes.ts';
import { largeAnswer, privateProcedure, router } from '../trpc.ts';
import { discardDraft } from './discard-draft.ts';
import { openDraft } from './open-draft.ts';
import { fetchSealedDraftPhoto, readDraftPhoto } from './read-draft-photo.ts';
import { saveDraft } from './save-draft.ts';
import { saveSealedDraft } from './save-sealed-draft.ts';
import { viewDraft, viewDrafts } from './view-drafts.ts';

export const draftRouter = router({
  /** One draft, opened. `not-found` if it is somebody else's. */
  open: privateProcedure
    .input(z.object({ id }))
    .use(largeAnswer(letterBytes))
    .query(async ({ ctx, input }) => {
      const draft = await openDraft(ctx, ctx.actor, input.id);
      if (!draft) throw draftGone();
      const { to, version, updatedAt, content, stampIdea } = draft;
      return wiping(draft.key, () => ({ id: draft.id, to, version, updatedAt, stampIdea, ...content }));
    }),

  /** Saves text and photos; `version` 0 creates a draft. */
  save: privateProcedure.input(saveDraftInput).mutation(async ({ ctx, input }) => {
    await ctx.limits.count('drafts by account', ctx.actor.userId);
    const photos = input.newPhotos?.length ?? 0;
    if (photos > 0) await ctx.limits.count('photos by account', ctx.actor.userId, photos);
    return saveDraft(ctx, ctx.actor, input);
  }),

  /** Drafts, twenty per page, last saved first, sealed; `summarizeDrafts` in core opens them. */
  list: privateProcedure
    .input(page)
    .use(largeAnswer(draftPageBytes))
    .query(({ ctx, input }) => viewDrafts(ctx, ctx.actor, input)),

  /** One draft, still sealed; `openDraftView` in core opens it. `not-found` if it is somebody else's. */
  sealed: privateProcedure
    .input(z.object({ id }))
    .use(largeAnswer(letterBytes))
    .query(async ({ ctx, input }) => {
      const draft = await viewDraft(ctx, ctx.actor, input.id);
      if (!draft) throw draftGone();
      return draft;
    }),

  /**
   * Saves a draft that was sealed elsewhere; `version` 0 creates one. Upload its photos first, with
   * `photos.uploadSealed`.
   */
  saveSealed: privateProcedure.input(saveSealedDraftInput).mutation(async ({ ctx, input }) => {
    await ctx.limits.count('drafts by account', ctx.actor.userId);
    return saveSealedDraft(ctx, ctx.actor, input);
  }),

  /** One photo of a draft, still sealed. */
  sealedPhoto: privateProcedure
    .input(draftPhotoRef)
    .use(largeAnswer(photoBytes))
    .query(({ ctx, input }) => fetchSealedDraftPhoto(ctx, ctx.actor, input)),

  /** One photo of a draft, decrypted. */
  photo: privateProcedure
    .input(draftPhotoRef)
    .use(largeAnswer(photoBytes))
    .query(({ ctx, input }) => readDraftPhoto(ctx, ctx.actor, input)),

  /** Deletes a draft and its photos. */
  discard: privateProcedure
    .input(z.object({ id }))
    .mutation(({ ctx, input }) => discardDraft(ctx, ctx.actor, input.id)),
});

function draftGone(): AppError {
  return new AppError('not-found', 'This draft is not here any more. It may have been sent or discarded.');
}
