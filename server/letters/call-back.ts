import { MINUTE } from '#core/durations.ts';
import type { CallBackInput } from '#core/schemas/sealed.ts';
import type { Actor } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { saveDraft } from '../drafts/save-draft.ts';
import { AppError } from '../errors.ts';
import { kilobytesOf } from '../storage/quota.ts';
import type { StoredLetter } from './letter.store.ts';

/**
 * Calls a letter back that has not been delivered, or could not be: it becomes a draft again, which
 * its author has sealed from their own copy. Calling it back twice makes one draft. From the first
 * step on, the letter is never delivered; a crash after it leaves the letter `recalled`, for its
 * author to call back again.
 *
 * @throws {AppError} `conflict` if it has been delivered; `not-found` for any other user; the
 *   refusals of {@link saveDraft}.
 */
export async function callBack(deps: Deps, actor: Actor, input: CallBackInput): Promise<{ draftId: string }> {
  const { letters, drafts } = deps.stores;
  const { draftId } = input;
  const isRecalled = await letters.recall(draftId, actor.userId);
  const [letter, draft] = await Promise.all([
    letters.findForMember(draftId, actor.userId),
    drafts.find(draftId, actor.userId),
  ]);
  // Without a letter, the answer to the first call was lost.
  if (!letter && draft) return { draftId };
  if (letter?.authorId !== actor.userId) throw new AppError('not-found', 'We can’t find this letter.');
  if (letter.status !== 'recalled') throw new AppError('conflict', 'Too late: this letter has arrived.');
  // A draft that a crash left behind is older than the letter.
  if (isRecalled || !draft || draft.updatedAt < letter.sentAt) {
    // No editor may know this version: one that was open before the letter was sent has older text.
    const version = Math.floor(deps.now().getTime() / MINUTE);
    await saveDraft(deps, actor, { ...input, version: draft?.version ?? 0 }, version);
  }
  await discard(deps, letter);
  return { draftId };
}

/** Deletes a letter that is a draft again. Its photos are the draft's now. */
async function discard({ stores }: Deps, letter: StoredLetter): Promise<void> {
  await stores.stampIdeas.forget(letter.id);
  await stores.stampPictures.delete(letter.id);
  if (await stores.letters.deleteRecalled(letter.id)) {
    await stores.storages.subtract(letter.authorId, kilobytesOf(letter.payload.byteLength));
  }
}
