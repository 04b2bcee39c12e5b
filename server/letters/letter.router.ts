import { z } from 'zod';
import {
  archiveInput,
  id,
  inboxPage,
  page,
  photoRef,
  readingPlace,
  starInput,
  threadPage,
} from '#core/schemas/letters.ts';
import { limits } from '#core/schemas/limits.ts';
import { callBackInput, markReadInput, sendLetterInput } from '#core/schemas/sealed.ts';
import { letterBytes, photoBytes } from '../memory/answer-sizes.ts';
import { largeAnswer, privateProcedure, router } from '../trpc.ts';
import { callBack } from './call-back.ts';
import { listInbox, listSent } from './list-letters.ts';
import { listLatest, listThread } from './list-thread.ts';
import { setArchived, setStarred } from './mark-letter.ts';
import { markRead } from './mark-read.ts';
import { readPhoto } from './read-photo.ts';
import { retryLetter } from './retry-letter.ts';
import { savePlace } from './save-place.ts';
import { sendLetter } from './send-letter.ts';
import { viewLetter } from './view-letter.ts';

export const letterRouter = router({
  /** Sends a letter, sealed to its receiver and its author. Sending it twice sends one letter. */
  send: privateProcedure.input(sendLetterInput).mutation(async ({ ctx, input }) => {
    await ctx.limits.count('letters by account', ctx.actor.userId);
    return sendLetter(ctx, ctx.actor, input);
  }),

  /**
   * Letters received, twenty per page, newest first, with sealed titles. Open them with
   * `nameLetters` in core. Archived ones are a list of their own.
   */
  inbox: privateProcedure.input(inboxPage).query(({ ctx, input }) => listInbox(ctx, ctx.actor, input)),

  /** Letters sent, twenty per page, newest first, with sealed titles. */
  sent: privateProcedure.input(page).query(({ ctx, input }) => listSent(ctx, ctx.actor, input)),

  /**
   * The letters with one friend in both directions, twenty per page, newest first, with sealed
   * titles. A filter looks through a thousand letters at a time: a page may hold fewer, even none,
   * and still have a next one.
   */
  thread: privateProcedure.input(threadPage).query(({ ctx, input }) => listThread(ctx, ctx.actor, input)),

  /** Each friend's latest letter, sent or received. */
  latest: privateProcedure.query(({ ctx }) => listLatest(ctx, ctx.actor)),

  /**
   * The number of unopened letters, counted up to one more than is shown. `opening` is a letter to
   * leave out.
   */
  countNew: privateProcedure
    .input(z.object({ opening: id }).optional())
    .query(({ ctx, input }) =>
      ctx.stores.letters.countNew(ctx.actor.userId, limits.newLettersShown + 1, input?.opening),
    ),

  /** One letter, sealed. Open it with `openLetter` in core. */
  get: privateProcedure
    .input(z.object({ id }))
    .use(largeAnswer(letterBytes))
    .query(({ ctx, input }) => viewLetter(ctx, ctx.actor, input.id)),

  /** Records that the receiver has opened a letter, with the title sealed for their list. */
  markRead: privateProcedure
    .input(markReadInput)
    .mutation(({ ctx, input }) => markRead(ctx, ctx.actor, input)),

  /** One photo of a letter, sealed. */
  photo: privateProcedure
    .input(photoRef)
    .use(largeAnswer(photoBytes))
    .query(({ ctx, input }) => readPhoto(ctx, ctx.actor, input)),

  /** Sends a letter again after its delivery failed; for its author only. */
  retry: privateProcedure.input(z.object({ id })).mutation(async ({ ctx, input }) => {
    await ctx.limits.count('letters by account', ctx.actor.userId);
    await retryLetter(ctx, ctx.actor, input.id);
  }),

  /**
   * Calls a letter back before it is delivered: it becomes a draft with its id. `callBack` in core
   * seals the draft.
   */
  callBack: privateProcedure.input(callBackInput).mutation(async ({ ctx, input }) => {
    await ctx.limits.count('letters by account', ctx.actor.userId);
    return callBack(ctx, ctx.actor, input);
  }),

  /** Sets or removes your own star. The other friend can't see it. */
  setStarred: privateProcedure
    .input(starInput)
    .mutation(({ ctx, input }) => setStarred(ctx, ctx.actor, input)),

  /** Takes a letter you have opened out of your inbox, or puts it back. */
  setArchived: privateProcedure
    .input(archiveInput)
    .mutation(({ ctx, input }) => setArchived(ctx, ctx.actor, input)),

  /** Saves where the reader left off. */
  savePlace: privateProcedure
    .input(readingPlace)
    .mutation(({ ctx, input }) => savePlace(ctx, ctx.actor, input)),
});
